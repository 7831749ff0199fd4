import type { Client, NumberSeries, Product } from "../model";
import { makeId } from "./make-id";
import { makeOrganizationNumber } from "./organization-number";

/** Positions among the accountant's clients, from 0, that show what a portal has to cope with. */
const SPECIAL_CLIENTS = {
  customerWithoutEmail: 20,
  withoutModule: 21,
  blocked: 22,
  twoNumberSeries: 23,
  productsMissing: 24,
} as const;

/** The accountant's 25 clients. All invented. */
const CLIENT_NAMES = [
  "Bjørkelia Bakeri AS",
  "Blåklokke Barnehage AS",
  "Dugnadsånd Drift AS",
  "Einerhaugen Elektro AS",
  "Fjellrype Friluft AS",
  "Fjordgløtt Fiske AS",
  "Granbar Gartneri AS",
  "Gressløkka Grafisk AS",
  "Havskum Hotell AS",
  "Hvitveis Helse AS",
  "Isbre Import AS",
  "Kastanje Kafé AS",
  "Kvernfossen Kraft AS",
  "Lyngmo Lagerhall AS",
  "Måltrost Musikk AS",
  "Nattugle Nettbutikk AS",
  "Nordlys Nybygg AS",
  "Ospeholt Optikk AS",
  "Ravnedal Regnskapsøvelse AS",
  "Rognebær Renhold AS",
  "Skogstjerne Snekkeri AS",
  "Solvik Småbåt AS",
  "Stengt Port AS",
  "Tindved Trafikk AS",
  "Tyttebær Tømrer AS",
];
const OWN_NAMES = { owner: "Eierens Egen Bedrift AS", colleague: "Kollegaens Kolonial AS" };

const STANDARD_SERIES: NumberSeries = {
  id: makeId("number-series", 0),
  name: "Kunder",
  from: 10_000,
  to: 19_999,
  isDefault: true,
};
const OWN_SERIES: NumberSeries = {
  id: makeId("number-series", 1),
  name: "Kunder fra nettbutikk",
  from: 50_000,
  to: 59_999,
  isDefault: false,
};

const PRODUCTS: Product[] = ["A-1", "A-2", "A-3", "A-99"].map((code, index) => ({
  id: 9001 + index,
  code,
  name: `Produktgruppe ${code.slice(2)}`,
  salesAccount: 3000,
}));

/** Two are missing, and the second has no account to be sold on. */
const UNFINISHED_PRODUCTS: Product[] = PRODUCTS.slice(0, 2).map((product, index) => ({
  ...product,
  salesAccount: index === 1 ? null : product.salesAccount,
}));

function makeClient(position: number, name: string): Client {
  return {
    id: makeId("client", position),
    name,
    organizationNumber: makeOrganizationNumber(position * 17),
    subscriptions: position === SPECIAL_CLIENTS.withoutModule ? ["TimeTracking"] : ["Accounting"],
    isBlocked: position === SPECIAL_CLIENTS.blocked,
    isInElma: position !== SPECIAL_CLIENTS.twoNumberSeries,
    numberSeries:
      position === SPECIAL_CLIENTS.twoNumberSeries ? [STANDARD_SERIES, OWN_SERIES] : [STANDARD_SERIES],
    products: position === SPECIAL_CLIENTS.productsMissing ? UNFINISHED_PRODUCTS : PRODUCTS,
    customers: [
      {
        id: 70_001,
        number: 10_000,
        name: "Prøvekunde AS",
        organizationNumber: makeOrganizationNumber(5000 + position),
        invoiceEmail: position === SPECIAL_CLIENTS.customerWithoutEmail ? null : "faktura@example.com",
        deliveryType: "PdfByEmail",
      },
    ],
  };
}

/** The `position`-th client beyond those below: a plain one, with a name that no other has. */
export function makeAddedClient(position: number): Client {
  return makeClient(100 + position, `${CLIENT_NAMES[position % 20]} ${100 + position}`);
}

const accountantsClients = CLIENT_NAMES.map((name, position) => makeClient(position, name));
const own = {
  owner: makeClient(CLIENT_NAMES.length, OWN_NAMES.owner),
  colleague: makeClient(CLIENT_NAMES.length + 1, OWN_NAMES.colleague),
};

export const CLIENT_IDS = {
  accountant: accountantsClients.map(({ id }) => id),
  owner: [own.owner.id],
  colleague: [...accountantsClients.slice(0, 2).map(({ id }) => id), own.colleague.id],
};
export const clients: readonly Client[] = [...accountantsClients, own.owner, own.colleague];
