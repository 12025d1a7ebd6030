// Delays changes of the layout until a pressed pointer is released: an error message that appears when a field loses
// the focus would otherwise move the button away that the user is about to click.

let isPressed = false;
let delayed: (() => void) | undefined;

/** Runs the action now, or after the click if a pointer is pressed. */
export function afterClick(action: () => void): void {
  if (isPressed) delayed = action;
  else action();
}

export function watchPointer(): void {
  const onRelease = () => {
    isPressed = false;
    const action = delayed;
    delayed = undefined;
    // The click event follows the release.
    if (action) setTimeout(action);
  };
  const onPress = () => {
    isPressed = true;
  };
  addEventListener('pointerdown', onPress, true);
  addEventListener('pointerup', onRelease, true);
  addEventListener('pointercancel', onRelease, true);
}
