import type { Resolved } from "./resolved.ts";

export interface Continuity extends Resolved {
  assistant: { service: string; health: string };
  fallback: string;
  contextStore: string;
  watchdog: string;
}
