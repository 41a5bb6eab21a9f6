export type Log = (level: "info" | "warn" | "error", message: string, fields?: { [name: string]: unknown }) => void;

/** One JSON object per line on stdout, as log collectors read them. */
export const jsonLog: Log = (level, message, fields = {}) => {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
};
