/**
 * What the window shows and may ask for.
 *
 * Everything is decided on the other side; here it is shown. Instants are milliseconds since
 * the Unix epoch. In sentences, commands stand between backticks. The shape is `View` in src-tauri/src/view.rs; view.sample.json is held to
 * it by a test there, and to these types by one here.
 */

export type State =
  | "fresh"
  | "expiring_soon"
  | "expiring_very_soon"
  | "refreshing"
  | "waiting"
  | "offline"
  | "suspended"
  | "sign_in_again"
  | "expired"
  | "no_account";

/** A token's life. */
export interface Span {
  issued: number;
  expires: number;
}

export interface HappenedEvent {
  at: number;
  kind: string;
  text: string;
}

export type Answer =
  | "leave"
  | "remove"
  | "restore"
  | "restart_now"
  | "when_quit"
  | "not_this_time";

/** A button of a question. */
export interface AnswerButton {
  answer: Answer;
  text: string;
  weight: "safe" | "plain" | "danger";
  enabled: boolean;
}

/** What the user is asked. */
export interface Question {
  title: string;
  text: string;
  answers: AnswerButton[];
}

/** A call that waits for a person. */
export interface Approval {
  id: number;
  title: string;
  text: string;
  allow: string;
  deny: string;
}

/** The one button. */
export interface Act {
  text: string;
  enabled: boolean;
}

/** A step of a restart of Claude Desktop. */
export interface Step {
  text: string;
  progress: "to_come" | "waits" | "done" | "failed";
  message: string;
}

export interface View {
  state: State;
  headline: string;
  explanation: string | null;
  detail: string | null;
  account: string | null;
  token: Span | null;
  waiting_until: number | null;
  act: Act | null;
  claude: string;
  events: HappenedEvent[];
  warnings: string[];
  steps: Step[];
  approvals: Approval[];
  question: Question | null;
  no_icon: string | null;
}

/** The program behind the window. */
export interface Backend {
  /** Calls `show` with the view now and each time it changes, until the window closes. */
  follow(show: (view: View) => void): Promise<void>;
  /** Does the one thing to do now. Rejects with a sentence that says what to do. */
  act(): Promise<void>;
  /** Answers what the view asks. */
  answer(answer: Answer): Promise<void>;
  /** Lets a call through, once, or has it denied. */
  approve(id: number, allow: boolean): Promise<void>;
  /** What a call that waits was made with: JSON with its secrets masked. */
  argumentsOf(id: number): Promise<string>;
  /** Ends the program. */
  quit(): Promise<void>;
}
