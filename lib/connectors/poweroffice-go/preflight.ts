import type { z } from "zod";
import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import type { Finding, PreflightNeeds } from "@/lib/connectors/preflight";
import { callAsClient } from "./call-vendor";
import { readClientInformation } from "./client-information";
import { comparePrivileges, findUncovered } from "./compare-privileges";
import { judgeCustomers, judgeElma, judgeNumbers, judgeProducts, toFinding } from "./judge-registers";
import type { ClientInformation } from "./schemas";
import { customers, numberSeries, organizationSettings, products } from "./schemas";

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
      reading("/SubLedgerNumberSeries", "?subLedgerNumberSeriesType=Customer", numberSeries, (rows) =>
        judgeNumbers(customerNumbers, rows ?? []),
      ),
    );
  if (productCodes !== null && mayRead("Product")) {
    const query = `?codes=${productCodes.map(encodeURIComponent).join(",")}`;
    checks.push(reading("/Products", query, products, (rows) => judgeProducts(productCodes, rows ?? [])));
  }
  if ((deliversBy.email || deliversBy.ehf) && mayRead("Customer"))
    checks.push(reading("/Customers", "", customers, (rows) => judgeCustomers(rows ?? [])));
  if (deliversBy.ehf && mayRead("CommonServices"))
    checks.push(reading("/OrganizationSettings", "", organizationSettings, judgeElma));
  return checks;
}

/** Reads a register and judges it; a list without rows is null. */
function reading<Schema extends z.ZodType>(
  path: string,
  query: string,
  schema: Schema,
  judge: (answer: z.infer<Schema> | null) => Finding[],
): Check {
  const operation = `GET ${path}`;
  return async (context, key) => {
    try {
      const answer = await callAsClient(context, key, { operation, method: "GET", path: `${path}${query}` });
      return judge(answer === null ? null : parseAnswer(context, operation, schema, answer));
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.isRetriable || error.kind === "disconnected")
        throw error;
      return toFinding("refused", [path.slice(1)], { isBlocking: false, answer: error.answer });
    }
  };
}
