import { render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import App from "./App.svelte";
import type { View } from "./backend/backend";
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

describe("removing the account", () => {
  const removal = { account: "Work", entries: ["zoom", "rooms"] };

  it("names what is lost, and the safe answer has the focus", async () => {
    await open({ removal });
    const dialog = screen.getByRole("alertdialog", { name: "Remove Work?" });
    expect(dialog.textContent).toContain("zoom, rooms");
    expect(document.activeElement?.textContent).toBe("Keep it");
  });

  it("is done or taken back", async () => {
    const backend = await open({ removal });
    screen.getByRole("button", { name: "Keep it" }).click();
    screen.getByRole("button", { name: "Remove" }).click();
    expect(backend.asked).toEqual(["keep", "remove"]);
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
