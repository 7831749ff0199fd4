import { z } from "zod";
import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import type { PreparationResult, PreparationTools, RemovalResult } from "@/lib/connectors/preparation";
import type { SystemCredential } from "../credential";
import { callAsSystemUser, readAsSystemUser } from "../system-user";
import { SOURCE_ITEM, SOURCE_NAME } from "./things";

type Tenant = { context: ConnectorContext; key: HeldKey<SystemCredential> };

const listItem = z.looseObject({
  Id: z.number(),
  Name: z.string().nullish(),
  Deleted: z.boolean().nullish(),
});

async function readList({ context, key }: Tenant, name: string): Promise<z.infer<typeof listItem>[]> {
  const operation = `GET /v1/MDOList/${name}`;
  const answer = await readAsSystemUser(context, key, { operation, path: `/v1/MDOList/${name}?flat=true` });
  const items = parseAnswer(context, operation, z.array(listItem), answer);
  return items.filter(({ Deleted }) => Deleted !== true);
}

/** Reads lists that rows name items of; one that is empty leaves nothing to name. */
export async function checkLists(tenant: Tenant, names: readonly string[]): Promise<PreparationResult> {
  const empty: string[] = [];
  for (const name of names) if ((await readList(tenant, name)).length === 0) empty.push(name);
  return empty.length === 0
    ? { kind: "kept", value: names.join(", ") }
    : {
        kind: "cannot",
        because: "list_empty",
        answer: {
          status: null,
          messages: empty,
          operation: "GET /v1/MDOList/{name}",
          at: tenant.context.now().toISOString(),
        },
      };
}

/** The item of the list of sources that says where our records come from. */
export async function makeSource(tenant: Tenant, tools: PreparationTools): Promise<PreparationResult> {
  const use = await tools.use(SOURCE_ITEM, "shared");
  const isThere = (await readList(tenant, "source")).some(({ Name }) => Name === SOURCE_NAME);
  if (isThere) return { kind: use?.isOurs ? "done" : "kept", value: SOURCE_NAME };
  await tools.beginMaking(SOURCE_ITEM, SOURCE_NAME);
  const path = "/v1/List/Source/Items";
  await callAsSystemUser(tenant.context, tenant.key, {
    operation: `POST ${path}`,
    method: "POST",
    path,
    body: { Name: SOURCE_NAME, Tooltip: "Made by Kytkin: records that an integration has written." },
  });
  return { kind: "done", value: SOURCE_NAME };
}

export async function removeSource(tenant: Tenant): Promise<RemovalResult> {
  const item = (await readList(tenant, "source")).find(({ Name }) => Name === SOURCE_NAME);
  if (!item) return "removed";
  const path = `/v1/List/Source/Items/${item.Id}`;
  await callAsSystemUser(tenant.context, tenant.key, {
    operation: "DELETE /v1/List/Source/Items/{id}",
    method: "DELETE",
    path,
  });
  return "removed";
}
