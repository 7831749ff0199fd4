import type { Connector } from "@/lib/connectors/types";
import { activate } from "./activate";
import { beginGrant } from "./begin-grant";
import { completeGrant } from "./complete-grant";
import { listCustomers } from "./list-customers";
import { manifest } from "./manifest";
import { parseReturn } from "./parse-return";
import { verify } from "./verify";

export const procountor: Connector = {
  manifest,
  beginGrant,
  parseReturn,
  completeGrant,
  activate,
  listCustomers,
  verify,
};
