// Text that was decoded from another text, with the place of each of its UTF-16 units there.

export class Characters {
  text = '';
  readonly offsets: number[] = [];

  add(text: string, offset: number): void {
    this.text += text;
    for (let unit = 0; unit < text.length; unit += 1) this.offsets.push(offset);
  }

  append({ text, offsets }: Characters): void {
    this.text += text;
    for (const offset of offsets) this.offsets.push(offset);
  }
}

/** A word of a command line. */
export interface Word {
  readonly characters: Characters;
  /** Where it begins in the command line. */
  readonly at: number;
}

/** The words of one command. */
export interface Command {
  readonly words: readonly Word[];
  /** The rest of the text, such as `| jq .id`. */
  readonly rest: string;
}
