/**
 * Makes each thing once per key. What a service has alike on several clusters is one object then, and whoever prints or
 * judges objects can do that once, too: their identity says that they are the same.
 */
export function shared<T>(): (key: string, make: () => T) => T {
  const made = new Map<string, T>();
  return (key, make) => {
    let thing = made.get(key);
    if (thing === undefined) made.set(key, (thing = make()));
    return thing;
  };
}
