import { getConnector } from "@/lib/connectors/registry";

/** The gateway as an installation runs it, under a limit that no bench reaches. */
Object.assign(getConnector("procountor").manifest.limits.application ?? {}, { requestsPerSecond: 100_000 });
await import("../scripts/start-gateway");
