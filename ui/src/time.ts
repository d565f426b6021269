/** Spans and instants in words. Milliseconds in, text out; the time is passed in. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What is left of a countdown, rounded up to seconds, so that it ends at `0:00`. */
export function countdown(left: number): string {
  const seconds = Math.max(0, Math.ceil(left / SECOND));
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (minutes < 100) return `${minutes}:${two(rest)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(rest)}`;
}

/** The same for somebody who listens. */
export function spoken(left: number): string {
  const minutes = Math.floor(Math.max(0, left) / MINUTE);
  if (minutes === 0) return "less than a minute left";
  return minutes === 1 ? "1 minute left" : `${minutes} minutes left`;
}

/** An instant to the second, with the date only when it isn't today. */
export function clock(at: number, now: number): string {
  const time = format(at, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  return dated(at, now, time);
}

/** An instant to the minute, with the date only when it isn't today. */
export function clockToTheMinute(at: number, now: number): string {
  return dated(at, now, format(at, { hour: "2-digit", minute: "2-digit" }));
}

/** How much of a life is left, 0 to 1. More than its length means the clock was set back. */
export function share(span: { issued: number; expires: number }, now: number): number {
  const left = span.expires - now;
  const whole = span.expires - span.issued;
  return left <= 0 || left > whole ? 0 : left / whole;
}

function dated(at: number, now: number, time: string): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return isToday ? time : `${format(at, { day: "numeric", month: "short" })}, ${time}`;
}

function format(at: number, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat("en-GB", { ...options, hourCycle: "h23" }).format(at);
}

function two(value: number): string {
  return value.toString().padStart(2, "0");
}

export { HOUR, MINUTE, SECOND };
