import { Environment } from "@marcbachmann/cel-js";

/**
 * The language that rules are written in: CEL with the variable `self` and with those of Kubernetes' own functions that
 * the rules of schemas/crds/ call: https://kubernetes.io/docs/reference/using-api/cel/#cel-options-language-features-and-libraries
 */
export function environment(): Environment {
  return new Environment({ homogeneousAggregateLiterals: false })
    .registerVariable("self", "dyn")
    .registerType("net.URL", { ctor: Url, fields: { scheme: "string" } })
    .registerFunction("url(dyn): net.URL", (text: unknown) => new Url(String(text)))
    .registerFunction("net.URL.getScheme(): string", ({ scheme }: Url) => scheme);
}

/** https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-url-library; what is none is a mistake, as there. */
class Url {
  readonly scheme: string;

  constructor(text: string) {
    this.scheme = new URL(text).protocol.slice(0, -1);
  }
}
