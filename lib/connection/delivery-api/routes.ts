import type { GatewayRoute } from "@/lib/connection/gateway/route";
import { deliverRecords } from "./deliver-records";
import { readDeliveries, readDelivery, readOutcomes } from "./read-deliveries";

/** What partners' software delivers, and what became of it. */
export const DELIVERY_ROUTES: readonly GatewayRoute[] = [
  deliverRecords,
  readDeliveries,
  readDelivery,
  readOutcomes,
];
