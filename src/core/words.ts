/** Words for people: every code has them in Chinese and English. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** What a code means and what to do about it. */
export interface CodeWords {
  readonly words: Words;
  readonly remedy: Words;
}
