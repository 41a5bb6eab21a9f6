import { seconds } from "../../config/units.ts";
import type { MeshFault } from "../../3-lower/resilience.ts";

/** Milliseconds after which a request goes on without an answer, and without a fault. */
const PATIENCE = 250;

/**
 * Two HTTP filters of Envoy. The first asks for a share of the requests whether the fault is on and marks those that it
 * shall hit; the second, the one that Istio's own fault injection is made of, hits what is marked, and says so in the
 * response flags (DI, FI). https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/lua_filter
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/fault_filter
 */
export function meshFaultFilters(
  { name: experiment, requests, scope, delay, status }: MeshFault,
  { name, cluster }: { name: string; cluster: string },
) {
  const mark = `x-eco-fault-${experiment}`;
  const always = { numerator: 100, denominator: "HUNDRED" };
  return [
    {
      name: `eco.ask.${experiment}`,
      typed_config: {
        "@type": "type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua",
        // The mesh reaches every pod of a workload: in place of a part of the pods it is a part of the requests.
        default_source_code: { inline_string: ask({ mark, name, cluster, percent: (requests * scope) / 100 }) },
      },
    },
    {
      name: `eco.fault.${experiment}`,
      typed_config: {
        "@type": "type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault",
        headers: [{ name: mark, string_match: { exact: "on" } }],
        ...(delay === undefined ? {} : { delay: { fixed_delay: `${seconds(delay)}s`, percentage: always } }),
        ...(status === undefined ? {} : { abort: { http_status: status, percentage: always } }),
      },
    },
  ];
}

/**
 * The mark is taken from every request first: nobody outside can set it. Without endpoints the answer is Envoy's own
 * 503, at once.
 */
const ask = ({
  mark,
  name,
  cluster,
  percent,
}: {
  mark: string;
  name: string;
  cluster: string;
  percent: number;
}): string =>
  `function envoy_on_request(request)
  request:headers():remove(${lua(mark)})
  if math.random() * 100 >= ${percent} then return end
  local answer = request:httpCall(${lua(cluster)}, {[":method"] = "GET", [":path"] = "/", [":authority"] = ${lua(name)}}, "", ${PATIENCE})
  if answer[":status"] == "200" and answer["x-eco-fault"] == ${lua(name)} then request:headers():add(${lua(mark)}, "on") end
end
`;

/** Names of services and experiments are plain ASCII; JSON quotes them as Lua does. */
const lua = (text: string): string => JSON.stringify(text);
