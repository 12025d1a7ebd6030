/** A page of the console. */
export interface Page {
  /** Shows the state of the page in the current language. */
  render(): void;
}
