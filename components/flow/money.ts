import type { Price } from "@/lib/catalogue/integration/schema";

export type KnownPrice = Extract<Price, { kind: "known" }>;
