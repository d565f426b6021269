import { render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import App from "./App.svelte";
import type { Question, View } from "./backend/backend";
import { ScriptedBackend } from "./backend/scripted";
import { HOUR, MINUTE, SECOND } from "./time";

const NOW = new Date(2026, 10, 21, 14, 25, 23).getTime();
const TOKEN = { issued: NOW - 18 * MINUTE, expires: NOW + 42 * MINUTE };

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function open(changes: Partial<View> = {}): Promise<ScriptedBackend> {
  const backend = new ScriptedBackend({ token: TOKEN, ...changes });
  render(App, { backend });
  await tick();
  return backend;
}

const digits = () => document.querySelector(".digits")?.textContent?.trim();
const act = () => document.querySelector<HTMLButtonElement>("button.act")!;

describe("a fresh token", () => {
  it("is shown in words, as a countdown, and with the exact expiry", async () => {
    await open();
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Fresh");
    expect(digits()).toBe("42:00");
    expect(screen.getByText("Expires at 15:07:23")).toBeTruthy();
    expect(screen.getByRole("img", { name: "42 minutes left" })).toBeTruthy();
  });

  it("counts down once a second", async () => {
    await open();
    await vi.advanceTimersByTimeAsync(5 * SECOND);
    expect(digits()).toBe("41:55");
  });

  it("is shown at once when it is younger than the last second", async () => {
    const backend = await open({ token: null });
    vi.setSystemTime(NOW + 900);
    const issued = NOW + 800;
    backend.change({ token: { issued, expires: issued + HOUR } });
    await tick();
    expect(digits()).toBe("60:00");
  });

  it("stands still while the window is hidden and catches up when it is shown", async () => {
    await open();
    const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    document.dispatchEvent(new Event("visibilitychange"));
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(digits()).toBe("42:00");
    expect(vi.getTimerCount(), "no timer runs unseen").toBe(0);
    hidden.mockReturnValue(false);
    document.dispatchEvent(new Event("visibilitychange"));
    await tick();
    expect(digits()).toBe("41:00");
  });

  it("says that it has expired once it has", async () => {
    await open({ token: { issued: NOW - HOUR, expires: NOW + SECOND } });
    await vi.advanceTimersByTimeAsync(2 * SECOND);
    expect(screen.getByText("Expired at 14:25:24")).toBeTruthy();
  });
});

describe("the one button", () => {
  it("asks for what it says", async () => {
    const backend = await open();
    act().click();
    expect(backend.asked).toEqual(["act"]);
  });

  it("says that a refresh is under way and asks for no second one", async () => {
    const backend = await open();
    backend.change({ state: "refreshing", act: { text: "Refreshing", enabled: false } });
    await tick();
    expect(act().textContent?.trim()).toBe("Refreshing");
    expect(act().getAttribute("aria-disabled")).toBe("true");
    act().click();
    expect(backend.asked).toEqual([]);
  });

  it("says how long it waits", async () => {
    await open({
      state: "waiting",
      waiting_until: NOW + 18 * SECOND,
      act: { text: "Waiting", enabled: false },
    });
    expect(act().textContent?.trim()).toBe("Waiting · 0:18");
    await vi.advanceTimersByTimeAsync(3 * SECOND);
    expect(act().textContent?.trim()).toBe("Waiting · 0:15");
  });

  it("keeps the keyboard's focus when it cannot be pressed for a while", async () => {
    const backend = await open();
    act().focus();
    backend.change({ act: { text: "Refreshing", enabled: false } });
    await tick();
    expect(document.activeElement).toBe(act());
  });

  it("shows why a request was refused, until the next one", async () => {
    const backend = await open();
    backend.refusal = "The keychain is locked. Unlock it.";
    act().click();
    await vi.advanceTimersByTimeAsync(0);
    expect(screen.getByRole("alert").textContent).toBe("The keychain is locked. Unlock it.");
    backend.refusal = null;
    act().click();
    await vi.advanceTimersByTimeAsync(0);
    expect(screen.queryByRole("alert")).toBeNull();
  });
});

describe("trouble", () => {
  it("is explained, with the other side's words one line below", async () => {
    await open({
      state: "suspended",
      headline: "Suspended",
      explanation: "Zoom refused the client secret. Paste it again.",
      detail: "400 invalid_client",
    });
    const status = screen.getByRole("status");
    expect(status.textContent).toContain("Zoom refused the client secret.");
    expect(status.textContent).toContain("400 invalid_client");
  });

  it("that has no account says how to add one and shows no countdown", async () => {
    await open({
      state: "no_account",
      headline: "No account yet",
      explanation: "Add one in a terminal.",
      token: null,
      account: null,
      act: null,
    });
    expect(screen.getByText("Add one in a terminal.")).toBeTruthy();
    expect(act(), "there is nothing to press").toBeNull();
    expect(digits()).toBe("+");
    expect(screen.getByRole("img", { name: "No valid token" })).toBeTruthy();
  });
});

describe("without an icon", () => {
  it("the window says why and offers the only way to quit", async () => {
    const backend = await open({ no_icon: "This desktop shows no status icons." });
    expect(screen.getByText("This desktop shows no status icons.")).toBeTruthy();
    screen.getByRole("button", { name: "Quit Zoomtray" }).click();
    expect(backend.asked).toEqual(["quit"]);
  });
});

describe("a question that the user called for", () => {
  const question: Question = {
    title: "Disconnect Claude Desktop and remove Zoomtray?",
    text: "Accounts are deleted. Quit Claude Desktop first.",
    answers: [
      { answer: "leave", text: "Keep it", weight: "safe", enabled: true },
      { answer: "remove", text: "Disconnect and remove", weight: "danger", enabled: false },
    ],
  };

  it("says what it means, and the safe answer has the focus", async () => {
    await open({ question });
    const dialog = screen.getByRole("alertdialog", { name: question.title });
    expect(dialog.textContent).toContain("Quit Claude Desktop first.");
    expect(document.activeElement?.textContent?.trim()).toBe("Keep it");
  });

  it("takes an answer only while it can be carried out", async () => {
    const backend = await open({ question });
    const remove = () => screen.getByRole("button", { name: "Disconnect and remove" });
    remove().click();
    expect(backend.asked).toEqual([]);
    const answers = question.answers.map((answer) => ({ ...answer, enabled: true }));
    backend.change({ question: { ...question, answers } });
    await tick();
    remove().click();
    screen.getByRole("button", { name: "Keep it" }).click();
    expect(backend.asked).toEqual(["remove", "leave"]);
  });

  it("keeps the focus where it is when its text changes", async () => {
    const backend = await open({ question });
    act().focus();
    backend.change({ question: { ...question, text: "Accounts are deleted." } });
    await tick();
    expect(document.activeElement).toBe(act());
  });
});

describe("a question that comes by itself", () => {
  const question: Question = {
    title: "Restart Claude Desktop?",
    text: "There is a new Zoom token.",
    answers: [
      { answer: "restart_now", text: "Restart now", weight: "plain", enabled: true },
      { answer: "when_quit", text: "When I quit Claude", weight: "plain", enabled: true },
      { answer: "not_this_time", text: "Not this time", weight: "plain", enabled: true },
    ],
  };

  it("takes no focus, is answered, and goes when it is answered elsewhere", async () => {
    const backend = await open();
    act().focus();
    backend.change({ question });
    await tick();
    expect(document.activeElement).toBe(act());
    expect(screen.getByRole("group", { name: question.title })).toBeTruthy();
    screen.getByRole("button", { name: "When I quit Claude" }).click();
    expect(backend.asked).toEqual(["when_quit"]);
    backend.change({ question: null });
    await tick();
    expect(screen.queryByRole("group", { name: question.title })).toBeNull();
  });
});

describe("a restart of Claude Desktop", () => {
  it("is shown step by step while it is at work", async () => {
    const backend = await open({
      steps: [
        { text: "Quit Claude Desktop", progress: "waits", message: "Quit it from its icon." },
        { text: "Write its config", progress: "to_come", message: "" },
        { text: "Start it again", progress: "to_come", message: "" },
      ],
    });
    const list = () => screen.queryByRole("list", { name: "Restarting Claude Desktop" });
    expect(list()?.textContent).toContain("waits for you");
    expect(list()?.textContent).toContain("Quit it from its icon.");
    backend.change({ steps: [] });
    await tick();
    expect(list()).toBeNull();
  });
});

describe("a command in a sentence", () => {
  it("is shown as one, without backticks, wherever it stands", async () => {
    const text = "Move it with `zoomtrayctl accounts import`, then `refresh`.";
    await open({
      explanation: text,
      claude: text,
      warnings: [text],
      no_icon: text,
      events: [{ at: NOW, kind: "notice", text }],
    });
    const codes = [...document.querySelectorAll("code")].map((code) => code.textContent);
    expect(codes.filter((code) => code === "zoomtrayctl accounts import")).toHaveLength(5);
    expect(codes.filter((code) => code === "refresh")).toHaveLength(5);
    expect(document.body.textContent).not.toContain("`");
    expect(screen.getByRole("status").textContent).toContain(
      "Move it with zoomtrayctl accounts import, then refresh.",
    );
  });

  it("needs two backticks", async () => {
    await open({ explanation: "One ` alone is a sign." });
    expect(document.querySelector("code")).toBeNull();
    expect(screen.getByRole("status").textContent).toContain("One ` alone is a sign.");
  });
});

describe("what happened lately", () => {
  it("is listed with the time, newest first", async () => {
    await open({
      events: [
        { at: NOW - MINUTE, kind: "refreshed", text: "A new token came." },
        { at: NOW - 2 * MINUTE, kind: "failed", text: "Zoom could not be reached." },
      ],
    });
    const rows = screen.getAllByRole("listitem").map((row) => row.textContent?.trim());
    expect(rows).toEqual(["14:24 A new token came.", "14:23 Zoom could not be reached."]);
  });

  it("is said to be nothing when it is nothing", async () => {
    await open({ events: [] });
    expect(screen.getByText(/Nothing has happened yet/)).toBeTruthy();
  });
});

describe("calls that wait for the user", () => {
  const approval = (id: number) => ({
    id,
    title: `Allow create_meeting_${id}?`,
    text: "A call through entry zoom waits until 14:26:20.",
    allow: "Allow once",
    deny: "Deny",
  });
  const within = (id: number) => screen.getByText(approval(id).title).closest("li")!;
  const press = (id: number, text: string) =>
    [...within(id).querySelectorAll("button")].find((one) => one.textContent?.trim() === text)!.click();

  it("are each allowed or denied by their own buttons", async () => {
    const backend = await open({ approvals: [approval(1), approval(2)] });
    press(2, "Allow once");
    press(1, "Deny");
    expect(backend.asked).toEqual(["allow 2", "deny 1"]);
    backend.change({ approvals: [approval(2)] });
    await tick();
    expect(screen.queryByText(approval(1).title)).toBeNull();
  });

  it("show their arguments when the user asks for them, as text", async () => {
    const backend = await open({ approvals: [approval(1)] });
    backend.arguments = '{"topic": "<b>Plan</b>"}';
    expect(within(1).querySelector("pre")).toBeNull();
    press(1, "Show arguments");
    await vi.advanceTimersByTimeAsync(0);
    expect(within(1).querySelector("pre")?.textContent).toBe('{"topic": "<b>Plan</b>"}');
  });

  it("are not mentioned while there are none", async () => {
    await open();
    expect(screen.queryByText("Waiting for you")).toBeNull();
  });
});

describe("with reduced motion", () => {
  it("the ring moves with the minute and the digits with the second", async () => {
    const real = window.matchMedia.bind(window);
    vi.spyOn(window, "matchMedia").mockImplementation((query) => {
      const list = real(query);
      vi.spyOn(list, "matches", "get").mockReturnValue(query.includes("reduced-motion"));
      return list;
    });
    await open();
    const ring = () => document.querySelector("circle.left")?.getAttribute("stroke-dasharray");
    const before = ring();
    await vi.advanceTimersByTimeAsync(3 * SECOND);
    expect(ring()).toBe(before);
    expect(digits()).toBe("41:57");
  });
});
