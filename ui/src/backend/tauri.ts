import { Channel, invoke } from "@tauri-apps/api/core";
import type { Backend, View } from "./backend";

/** The real program. */
export const tauriBackend: Backend = {
  async follow(show) {
    const channel = new Channel<View>();
    channel.onmessage = show;
    await invoke("follow", { channel });
  },
  async act() {
    await invoke("act");
  },
  async answer(answer) {
    await invoke("answer", { answer });
  },
  async approve(id, allow) {
    await invoke("approve", { id, allow });
  },
  argumentsOf(id) {
    return invoke<string>("asked", { id });
  },
  async quit() {
    await invoke("quit");
  },
};
