import { asSoftware, type Company, type World, waitFor } from "./world";

const today = (): string => new Date().toISOString().slice(0, 10);

function invoice(
  number: number,
  { vatPercent = "25.5", ...more }: { vatPercent?: string; creditOf?: string } = {},
) {
  return {
    invoiceNumber: `S-${number}`,
    date: today(),
    customerName: "Esimerkkiasiakas Oy",
    email: "customer@shop.example",
    lines: [{ product: "Moka pot", quantity: more.creditOf ? "-1" : "1", unitPrice: "39.00", vatPercent }],
    ...more,
  };
}

/** Invoices of one company: most are written, and some wait for two different reasons. */
export async function deliverOrders(
  { gatewayUrl, ...world }: World,
  company: Company | undefined,
): Promise<void> {
  if (gatewayUrl === null || !company) return;
  const [connection] = await world.database.sql<{ id: string }[]>`
    select c.id from connections c join environments e on e.id = c.environment_id
    where e.external_id = ${String(company.id)}`;
  if (!connection) throw new Error(`${company.name} is not connected`);
  const records = [
    ...Array.from({ length: 8 }, (_, index) => invoice(index + 1)),
    // A rate that Procountor does not have.
    ...[21, 22, 23].map((number) => invoice(number, { vatPercent: "13" })),
    // Credit notes of invoices that never came.
    ...[31, 32].map((number) => invoice(number, { creditOf: `S-${number + 900}` })),
  ];
  const url = `${gatewayUrl}/gateway/v1/connections/${connection.id}/records/sales-invoices`;
  await asSoftware({ gatewayUrl, ...world }, "POST", url, { records });
  await waitFor("the inbox", async () => {
    const [row] = await world.database.sql`
      select 1 from delivery_rows where connection_id = ${connection.id} having
        count(*) filter (where state in ('rejected', 'waiting')) = 5 and count(*) filter (where state = 'written') = 8`;
    return row ? true : null;
  });
}
