/** The texts of another language. A missing or unknown key is a type error. */
export type TextsLike<English> = {
  readonly [Key in keyof English]: English[Key] extends string ? string : English[Key];
};
