import { describe, expect, it } from "vitest";
import { clock, clockToTheMinute, countdown, HOUR, MINUTE, SECOND, share, spoken } from "./time";

describe("countdown", () => {
  it.each([
    [42 * MINUTE + 7 * SECOND, "42:07"],
    [59_999, "1:00"],
    [1, "0:01"],
    [0, "0:00"],
    [-5 * SECOND, "0:00"],
    [99 * MINUTE + 59 * SECOND, "99:59"],
    [100 * MINUTE, "1:40:00"],
    [10 * HOUR, "10:00:00"],
  ])("says %i ms as %s", (left, said) => {
    expect(countdown(left)).toBe(said);
  });
});

describe("spoken", () => {
  it.each([
    [42 * MINUTE + 59 * SECOND, "42 minutes left"],
    [MINUTE, "1 minute left"],
    [20 * SECOND, "less than a minute left"],
  ])("says %i ms as %s", (left, said) => {
    expect(spoken(left)).toBe(said);
  });
});

describe("the share of a life", () => {
  const span = { issued: 0, expires: HOUR };

  it("falls from one to nothing", () => {
    expect(share(span, 0)).toBe(1);
    expect(share(span, HOUR / 2)).toBe(0.5);
    expect(share(span, HOUR)).toBe(0);
    expect(share(span, 2 * HOUR)).toBe(0);
  });

  it("is nothing when the clock was set back to before the token came", () => {
    expect(share(span, -1)).toBe(0);
  });
});

describe("clock", () => {
  const at = new Date(2026, 10, 21, 15, 7, 30).getTime();

  it("says the date only when it is not today", () => {
    expect(clock(at, at)).toBe("15:07:30");
    expect(clockToTheMinute(at, at)).toBe("15:07");
    expect(clock(at, at + 24 * HOUR)).toBe("21 Nov, 15:07:30");
  });
});
