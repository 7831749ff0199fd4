import { DELIVERY_ROUTES } from "@/lib/connection/delivery-api/routes";
import type { GatewayRoute } from "./route";

/** Our own calls below a connection, beside the vendor's paths. */
export const GATEWAY_ROUTES: readonly GatewayRoute[] = DELIVERY_ROUTES;
