import { isTauri } from "@tauri-apps/api/core";
import type { Backend, View } from "./backend";
import { ScriptedBackend } from "./scripted";
import { tauriBackend } from "./tauri";

const MINUTE = 60_000;

/** The real program; in a plain browser a scripted one, its view changed by `#{…}` as JSON. */
export function chooseBackend(): Backend {
  if (isTauri()) return tauriBackend;
  const now = Date.now();
  const lively = { token: { issued: now - 18 * MINUTE, expires: now + 42 * MINUTE } };
  return new ScriptedBackend({ ...lively, ...changesIn(location.hash) });
}

function changesIn(hash: string): Partial<View> {
  return hash.length > 1 ? (JSON.parse(decodeURIComponent(hash.slice(1))) as Partial<View>) : {};
}
