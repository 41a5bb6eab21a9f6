import type { Check } from "../../../4-check/check.ts";
import dnsWildcard from "./dns-wildcard.ts";
import httpInjector from "./http-injector.ts";
import httpPort from "./http-port.ts";
import killSteps from "./kill-steps.ts";
import tooShort from "./too-short.ts";

/** What only this target's consumers demand; rules about experiments as such are in compiler/4-check/chaos/. */
export const checks: readonly Check[] = [dnsWildcard, httpInjector, httpPort, killSteps, tooShort];
