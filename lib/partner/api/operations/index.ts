import * as applications from "./applications";
import * as links from "./links";
import type { Operation } from "./operation";
import * as requests from "./requests";
import * as webhooks from "./webhooks";

const isOperation = (value: object): value is Operation => "method" in value && "path" in value;

/** In the order of the description. */
export const TAGS = [
  "Activation requests",
  "Connections",
  "Environments",
  "Deliveries",
  "Gateway",
  "Links",
  "Link sessions",
  "Specifications",
  "Vendor applications",
  "Events",
  "Webhooks",
  "API keys",
] as const;

const rank = ({ tag }: Operation): number => (TAGS as readonly string[]).indexOf(tag);

/** Every call of the API. */
export const OPERATIONS: readonly Operation[] = [requests, applications, links, webhooks]
  .flatMap((module) => Object.values(module).filter(isOperation))
  .toSorted((a, b) => rank(a) - rank(b));
