/** Gates without one of their parts. */
import type { Edit } from "./ask.ts";

const all =
  (pattern: RegExp | string, by: string): Edit =>
  (gate) => ({ ...gate, watch: gate.watch.replaceAll(pattern, by), gate: gate.gate.replaceAll(pattern, by) });
const watch =
  (pattern: RegExp | string, by: string): Edit =>
  (gate) => ({ ...gate, watch: gate.watch.replaceAll(pattern, by) });

/** A selector. */
const SELECT = String.raw`[a-z_]+\{[^}]*\}`;

/** Of a release, and of a moment. */
const CAPS = /,\n(2\.355301|5\.847701)\)/g;

export const MUTANTS = {
  "increase instead of differences": all(
    new RegExp(
      String.raw`\(last_over_time\((${SELECT})\[690s\]\) - last_over_time\(\1\[690s\] offset 60s\) >= 0\) or last_over_time\(\1\[690s\]\)`,
      "g",
    ),
    "increase($1[90s])",
  ),
  "a series that was not there before counts nothing": all(
    new RegExp(String.raw`\) or last_over_time\(${SELECT}\[690s\]\)\)`, "g"),
    "))",
  ),
  "what has begun anew makes the sum smaller": all(" >= 0) or ", ") or "),
  "as far back as two scrapes": all("[690s]", "[90s]"),
  "as far back as five minutes": all("[690s]", "[300s]"),
  "differences of sums": all(
    new RegExp(
      String.raw`sum\(\((last_over_time\(${SELECT}\[690s\]\)) - (last_over_time\(${SELECT}\[690s\] offset 60s\)) >= 0\) or \1\)`,
      "g",
    ),
    "clamp_min(sum($1) - (sum($2) or vector(0)), 0)",
  ),
  "a scrape without the one before": all("[90s]", "[30s]"),
  "differences of two minutes": all("offset 60s", "offset 120s"),
  "differences of a scrape": all("offset 60s", "offset 30s"),
  "two votes a minute": all("[7200s:60s]", "[7200s:30s]"),
  "a vote in two minutes": all("[7200s:60s]", "[7200s:120s]"),
  "a reach shorter than the release": all("[7200s:60s]", "[600s:60s]"),
  "pods of an earlier attempt": all(/\nand on \(\) \(last_over_time[^\n]*@ end\(\)\)\)/g, ""),
  "no good events, no answer": all(" or vector(0)", ""),
  "no cap": watch(CAPS, ",\n1e9)"),
  "one vote is enough": watch(CAPS, ",\n11.7)"),
  "a cap that is rounded down": watch(",\n2.355301)", ",\n2.355)"),
  "the larger of both scores": watch("min(\n", "max(\n"),
  "no moment": watch(/("release", "", ""\))\nor\n[^]*"moment", "", ""\)/g, "$1"),
  "nothing but the moment": watch(/max\(\nlabel_replace\([^]*"release", "", ""\)\nor\n/g, "max(\n"),
  "a moment without its price": watch("\n- 6.9848", ""),
  "a moment of five votes": watch("[180s:60s]", "[300s:60s]"),
  "a moment of two votes": watch("[180s:60s]", "[120s:60s]"),
  "no comparison": watch(/\nor\nlabel_replace\(sum_over_time[^]*?"stable", "", ""\)\n/g, "\n"),
  "nothing but the comparison": watch(/label_replace\(sum_over_time[^]*?"objective", "", ""\)\nor\n/g, ""),
  "a comparison with what nobody calls": watch(/\nand on \(\) \(sum\(increase[^)]*\)\) > 0\)/g, ""),
  "a comparison when nothing was known": watch(/\nand on \(\) last_over_time[^\n]*offset 60s\)/g, ""),
  "a comparison with half of the requests": watch(/\* ln\(1 \+ \d+ \* /g, "* ln(1 + 4.5 * "),
  "a comparison that leaves the new version out": watch(/clamp_min\(sum/g, "clamp_min(0.5 * sum"),
  "both versions at once": all(/,rollouts_pod_template_hash="new"/g, ""),
  "the stable version for the new one": all('"new"', '"old"'),
  "a drift that is a tenth too large": all("- 0.009 * ", "- 0.01 * "),
  "a tenth logarithm": all(/2\.30258509\d* \* /g, "1 * "),
  "bunches that are not divided": all(/\) \/ 3\b/g, ")"),
  "errors of gRPC that are not seen": all(/,grpc_response_status!~"[^"]*"/g, ""),
  "errors of callers that are counted": all('"5.."', '"[45].."'),
  "a bound as Prometheus 2 wrote it": all("250|250[.]0", "250"),
  "a bound as Prometheus 3 writes it": all("250|250[.]0", "250[.]0"),
  "the bound below": all("250|250[.]0", "100|100[.]0"),
  "what callers report": all('reporter="destination"', 'reporter="source"'),
  "any reporter": all('reporter="destination",', ""),
  "any namespace": all(/,destination_workload_namespace="[^"]*"/g, ""),
  "any service": all(/destination_canonical_service="[^"]*",/g, ""),
  "all jobs are good": all(',state="done"', ""),
  "an abort at half of the evidence": (gate) => ({ ...gate, abortAt: 2.3 }),
  "an abort that needs a vote more": (gate) => ({ ...gate, abortAt: 4.72 }),
  "a pass at half of the evidence": (gate) => ({ ...gate, passAt: -2.3 }),
  "a pass that needs a tenth more": (gate) => ({ ...gate, passAt: -5.1 }),
  "a pass of what is empty": (gate) => ({ ...gate, gate: `(${gate.gate}) or vector(-100)` }),
  "an abort of what is empty": (gate) => ({ ...gate, watch: `(${gate.watch}) or vector(100)` }),
} satisfies Readonly<Record<string, Edit>>;
