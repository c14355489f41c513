/** Few texts are in use; a flood of made-up ones costs as much as without, and no memory. */
const REMEMBERED_TEXTS = 1_000;
const REMEMBERED_LENGTH = 100;

/** A pure function of a text, whose answers are kept for the texts that come again and again. */
export class Remembered<Answer extends object | string> {
  readonly #answers = new Map<string, Answer>();
  readonly #answer: (text: string) => Answer;

  constructor(answer: (text: string) => Answer) {
    this.#answer = answer;
  }

  of(text: string): Answer {
    return this.#answers.get(text) ?? this.#fresh(text);
  }

  #fresh(text: string): Answer {
    const answer = this.#answer(text);
    if (this.#answers.size >= REMEMBERED_TEXTS) this.#answers.clear();
    if (text.length <= REMEMBERED_LENGTH) this.#answers.set(text, answer);
    return answer;
  }
}
