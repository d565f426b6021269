import type { Answer, Backend, View } from "./backend";
import sample from "./view.sample.json";

/** What was asked of a scripted backend, in order. */
export type Asked = "act" | "quit" | `allow ${number}` | `deny ${number}` | Answer;

/** A backend in memory that shows what it is told to: for tests and for a plain browser. */
export class ScriptedBackend implements Backend {
  readonly asked: Asked[] = [];
  /** What every call that waits was made with. */
  arguments = '{\n  "topic": "Plan"\n}';
  /** Set, the next request is refused with this sentence. */
  refusal: string | null = null;
  #view: View;
  #show: ((view: View) => void) | null = null;

  constructor(changes: Partial<View> = {}) {
    this.#view = { ...(sample as View), ...changes };
  }

  /** Changes the view. */
  change(changes: Partial<View>): void {
    this.#view = { ...this.#view, ...changes };
    this.#show?.(this.#view);
  }

  async follow(show: (view: View) => void): Promise<void> {
    this.#show = show;
    show(this.#view);
    await new Promise<never>(() => {});
  }

  act(): Promise<void> {
    return this.#answer("act");
  }

  answer(answer: Answer): Promise<void> {
    return this.#answer(answer);
  }

  approve(id: number, allow: boolean): Promise<void> {
    return this.#answer(`${allow ? "allow" : "deny"} ${id}`);
  }

  argumentsOf(): Promise<string> {
    return Promise.resolve(this.arguments);
  }

  quit(): Promise<void> {
    return this.#answer("quit");
  }

  async #answer(asked: Asked): Promise<void> {
    this.asked.push(asked);
    if (this.refusal !== null) throw this.refusal;
  }
}
