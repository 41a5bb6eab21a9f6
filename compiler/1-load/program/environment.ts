import process from "node:process";

/** Names that Node itself, Babel and jiti look up while a config runs. */
const OURS = /^(?:BABEL_|JITI_|WATCH_REPORT_|NODE_(?!ENV$))/;

/** Notes which environment variables are asked for from here on; those that the config sets itself are its own. */
export function watchEnvironment(): { variables(): string[] } {
  const asked = new Set<string>();
  const own = new Set<string>();
  const note = (name: string | symbol): void => {
    if (typeof name === "string" && !own.has(name) && !OURS.test(name)) asked.add(name);
  };
  process.env = new Proxy(process.env, {
    get: (env, name) => (note(name), Reflect.get(env, name)),
    has: (env, name) => (note(name), Reflect.has(env, name)),
    getOwnPropertyDescriptor: (env, name) => (note(name), Reflect.getOwnPropertyDescriptor(env, name)),
    set: (env, name, value) => (own.add(String(name)), Reflect.set(env, name, value)),
    defineProperty: (env, name, property) => (own.add(String(name)), Reflect.defineProperty(env, name, property)),
    deleteProperty: (env, name) => (own.add(String(name)), Reflect.deleteProperty(env, name)),
  });
  return { variables: () => [...asked].sort() };
}
