import type { z } from "zod";
import { blameOf } from "@/lib/connectors/blame";
import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import type { Finding, PreflightNeeds } from "@/lib/connectors/preflight";
import { callAsClient } from "./call-vendor";
import { readClientInformation } from "./client-information";
import { comparePrivileges, findUncovered } from "./compare-privileges";
import { judgeCustomers, judgeElma, judgeNumbers, judgeProducts, toFinding } from "./judge-registers";
import { readRegister } from "./read-register";
import {
  type ClientInformation,
  CUSTOMER_FIELDS,
  customer,
  numberSeries,
  organizationSettings,
  product,
} from "./schemas";

/**
 * Reads with a client's key what the integration needs there: its privileges and modules, the number series of customers,
 * products, and what the delivery of invoices takes. What the vendor refuses to tell is a finding with its own words.
 */
export async function preflight(
  context: ConnectorContext,
  key: HeldKey,
  needs: PreflightNeeds,
): Promise<Finding[]> {
  // A token keeps the privileges that it was made with, for up to its 20 minutes.
  await context.tokens.drop(key.subject);
  const information = await readClientInformation(context, key);
  const access = judgeAccess(information, needs);
  const findings = [...access];
  for (const check of listChecks(needs)) findings.push(...(await check(context, key)));
  // A register that may not be read is no news next to the privilege that is missing.
  const isAccessLacking = access.length > 0;
  return findings.filter(
    ({ code, answer }) => !(isAccessLacking && code === "refused" && answer?.status === 403),
  );
}

function judgeAccess(information: ClientInformation, { rights }: PreflightNeeds): Finding[] {
  const uncovered = findUncovered(information, rights).map(({ path }) => path);
  const missing = comparePrivileges(information, rights)
    .missing.map(({ path }) => path)
    .filter((path) => !uncovered.includes(path));
  return [
    ...toFinding("module_missing", uncovered, { found: information.ActiveClientSubscriptions }),
    ...toFinding("privilege_missing", missing),
  ];
}

type Check = (context: ConnectorContext, key: HeldKey) => Promise<Finding[]>;

function listChecks({ productCodes, customerNumbers, deliversBy, rights }: PreflightNeeds): Check[] {
  const mayRead = (path: string) => rights.some((right) => right.path === path);
  const checks: Check[] = [];
  if (mayRead("CommonServices"))
    checks.push(
      checking("SubLedgerNumberSeries", async (context, key) => {
        const query = { subLedgerNumberSeriesType: "Customer" };
        const rows = await readRegister(
          context,
          key,
          { path: "/SubLedgerNumberSeries", query },
          numberSeries,
        );
        return judgeNumbers(customerNumbers, rows);
      }),
    );
  if (productCodes !== null && mayRead("Product"))
    checks.push(
      checking("Products", async (context, key) =>
        judgeProducts(productCodes, await readProducts(context, key, productCodes)),
      ),
    );
  if (deliversBy.length > 0 && mayRead("Customer"))
    checks.push(
      checking("Customers", async (context, key) => {
        const query = { Fields: CUSTOMER_FIELDS.join(",") };
        return judgeCustomers(await readRegister(context, key, { path: "/Customers", query }, customer));
      }),
    );
  if (deliversBy.includes("ehf") && mayRead("CommonServices"))
    checks.push(
      checking("OrganizationSettings", async (context, key) => {
        const call = { operation: "GET /OrganizationSettings", path: "/OrganizationSettings" };
        const answer = await callAsClient(context, key, { ...call, method: "GET" });
        return judgeElma(
          answer === null ? null : parseAnswer(context, call.operation, organizationSettings, answer),
        );
      }),
    );
  return checks;
}

/** Keeps the address below 2,000 characters, beyond which the vendor is said to refuse it. */
const MOST_CODES_LENGTH = 1000;

/** The filter takes a list by commas, so that a code with a comma is found only among all products. */
async function readProducts(
  context: ConnectorContext,
  key: HeldKey,
  codes: readonly string[],
): Promise<z.infer<typeof product>[]> {
  const lists = codes.some((code) => code.includes(",")) ? [null] : splitCodes(codes);
  const found: z.infer<typeof product>[] = [];
  for (const list of lists) {
    const query: Record<string, string> = list === null ? {} : { codes: list.join(",") };
    found.push(...(await readRegister(context, key, { path: "/Products", query }, product)));
  }
  return found;
}

function splitCodes(codes: readonly string[]): string[][] {
  const lists: string[][] = [];
  let length = 0;
  for (const code of codes) {
    const taken = encodeURIComponent(code).length + 3;
    const last = lists.at(-1);
    if (last && length + taken <= MOST_CODES_LENGTH) {
      last.push(code);
      length += taken;
    } else {
      lists.push([code]);
      length = taken;
    }
  }
  return lists;
}

/** A refusal to be read is a finding about the register; trouble that is not about it is the caller's to tell. */
function checking(register: string, check: Check): Check {
  return async (context, key) => {
    try {
      return await check(context, key);
    } catch (error) {
      const blame = blameOf(error);
      const isOfRegister = blame === null || blame === "rights";
      if (!(error instanceof ConnectorError) || error.isRetriable || !isOfRegister) throw error;
      return toFinding("refused", [register], { isBlocking: false, answer: error.answer });
    }
  };
}
