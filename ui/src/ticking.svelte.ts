/**
 * The time, moving once a second while somebody can see it.
 *
 * It stands still while the window is hidden, and jumps to the present when it is shown.
 */
export class Ticking {
  now = $state(Date.now());
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #visibility = () => this.#run();

  /** Starts; call the answer to stop. */
  start(): () => void {
    document.addEventListener("visibilitychange", this.#visibility);
    this.#run();
    return () => {
      document.removeEventListener("visibilitychange", this.#visibility);
      clearTimeout(this.#timer);
    };
  }

  /** Looks at the time now: what has just come may be younger than the last second. */
  look(): void {
    this.#run();
  }

  #run(): void {
    clearTimeout(this.#timer);
    if (document.hidden) return;
    this.now = Date.now();
    // On the second, so that all digits on the screen change together.
    this.#timer = setTimeout(() => this.#run(), 1000 - (Date.now() % 1000));
  }
}
