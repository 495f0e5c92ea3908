/** Answers that are not JSON alone. */
import type { AnswerLanguage } from "./language.ts";

/** Bytes of another media type. `entity` is what its ETag is made of; without it, it has none. */
export class Content {
  readonly mediaType: string;
  readonly body: Uint8Array;
  readonly entity: string;

  constructor(mediaType: string, body: Uint8Array, entity: string) {
    this.mediaType = mediaType;
    this.body = body;
    this.entity = entity;
  }
}

/** JSON for programs, and a page for whoever opens the address in a browser. */
export class ForPeople {
  readonly json: unknown;
  readonly html: (language: AnswerLanguage) => string;

  constructor(json: unknown, html: (language: AnswerLanguage) => string) {
    this.json = json;
    this.html = html;
  }
}
