import { expect, it } from "vitest";
import type { View } from "./backend";
import sample from "./view.sample.json";

it("the sample of the real program's view has exactly the fields this window knows", () => {
  const known: Record<keyof View, true> = {
    state: true,
    headline: true,
    explanation: true,
    detail: true,
    account: true,
    token: true,
    waiting_until: true,
    act: true,
    claude: true,
    events: true,
    warnings: true,
    steps: true,
    approvals: true,
    question: true,
    no_icon: true,
  };
  expect(Object.keys(sample).sort()).toEqual(Object.keys(known).sort());
});
