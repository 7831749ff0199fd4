import type { Facts, StepId } from "./facts";
import { PEOPLE, type PersonName } from "./people";

/** Where a button can lead. */
export type Places = {
  portal: string;
  shop: string;
  procountor: string;
  /** The activation link of the integration that makes invoices of orders. */
  orders: string;
};

export type Step = {
  id: StepId;
  title: string;
  words: string;
  button: string;
  href: (places: Places, facts: Facts) => string;
  /** A second way, for what is prepared or finished elsewhere. */
  also?: { label: string; href: (places: Places) => string };
};

export type Track = {
  id: string;
  name: string;
  /** Two or three words of what happens. */
  short: string;
  promise: string;
  person: PersonName;
  /** Whether its steps need the sample's past. */
  needsPast: boolean;
  steps: readonly Step[];
};

const orders = ({ orders }: Places): string => orders;
const at =
  (path: string) =>
  ({ portal }: Places): string =>
    `${portal}${path}`;
const partner = (path: string) => at(`/partner/esimerkki-software${path}`);
/** The page of the person's connection, or the page that lists all of them while there is none. */
const connection =
  (person: PersonName, page: string) =>
  ({ portal }: Places, { connections }: Facts): string =>
    connections[person] === undefined
      ? `${portal}/home`
      : `${portal}/connections/${connections[person]}${page}`;
const standIn = { label: "Procountor’s stand-in", href: ({ procountor }: Places) => `${procountor}/sandbox` };

export const TRACKS: readonly Track[] = [
  {
    id: "customer",
    name: "Customer",
    short: "Connect, sell, leave",
    promise: "Connect one company to a web shop, watch an order become an invoice, and leave with proof.",
    person: "owner",
    needsPast: false,
    steps: [
      {
        id: "customer-accept",
        title: "Read what the integration may do, and accept",
        words: `Open the link that the shop’s maker shares. What moves, which rights, which price. Then sign in as ${PEOPLE.owner.email}: the code is in the newest mail.`,
        button: "Open the link",
        href: orders,
      },
      {
        id: "customer-submit",
        title: "Consent at Procountor, and submit",
        words:
          "Press Continue in Procountor, log in there as Otso Omistaja, accept and pick the company. Back in the portal, look at the technical user and submit.",
        button: "Go on",
        href: orders,
      },
      {
        id: "customer-active",
        title: "See it become active",
        words:
          "The key is stored, tried, and compared with the rights that were asked for. One mail confirms it.",
        button: "Open your integrations",
        href: at("/home"),
      },
      {
        id: "customer-order",
        title: "Sell something",
        words:
          "A paid order in the shop is a sales invoice in Procountor seconds later, with its number in all three places. Change a product there, and its price in Procountor follows. Companies that connected Esimerkki Go Invoices get orders in PowerOffice Go.",
        button: "Open the shop",
        href: ({ shop }) => shop,
      },
      {
        id: "customer-end",
        title: "Disconnect, and keep the certificate",
        words:
          "Press Deactivate. Revoke the key at Procountor’s stand-in as its page says, and have it checked: the portal proves that the key is dead and signs a certificate of removal.",
        button: "Open the connection",
        href: connection("owner", ""),
        also: standIn,
      },
    ],
  },
  {
    id: "accountant",
    name: "Accountant",
    short: "200 companies",
    promise: "Look after 200 companies: 60 are connected, a few need you, the rest can follow in one go.",
    person: "office",
    needsPast: true,
    steps: [
      {
        id: "office-home",
        title: "See all companies on one page",
        words: `Sign in as ${PEOPLE.office.email}. What needs you stands on top; below are companies beside integrations.`,
        button: "Open your companies",
        href: at("/home"),
      },
      {
        id: "office-mend",
        title: "Mend what needs attention",
        words:
          "In three companies the key no longer works. Open one, read the cause, deactivate it there, and activate it again. One is enough for the tick.",
        button: "Show what needs you",
        href: at("/home?show=needs_me"),
      },
      {
        id: "office-more",
        title: "Connect twenty more at once",
        words:
          "Consent once as Tiina Tilitoimisto, pick up to twenty of the other companies, and submit one request.",
        button: "Open the link",
        href: orders,
      },
      {
        id: "office-inbox",
        title: "Clear an inbox",
        words:
          "Invoices of one company wait for two different reasons. Mend a record in place, or put it aside.",
        button: "Open the inbox",
        href: connection("office", "/deliveries"),
      },
    ],
  },
  {
    id: "partner",
    name: "Partner",
    short: "Publish and decide",
    promise: "You make the integration: publish it, share links, decide, and see what your customers see.",
    person: "partnerAdmin",
    needsPast: true,
    steps: [
      {
        id: "partner-console",
        title: "Open your console",
        words: `Sign in as ${PEOPLE.partnerAdmin.email}. Requests of the last 30 days, live.`,
        button: "Open the console",
        href: partner(""),
      },
      {
        id: "partner-decide",
        title: "Decide the request that waits",
        words:
          "Approve it, or reject a company with a reason that the customer reads. The customer’s page follows at once.",
        button: "Show what waits",
        href: partner("/requests?state=awaiting_partner"),
      },
      {
        id: "partner-link",
        title: "Make a link for a campaign",
        words:
          "A link of your own, as an address, a QR code or a button for your site, with its own figures.",
        button: "Make a link",
        href: partner("/links/new"),
      },
      {
        id: "partner-version",
        title: "Submit a new version",
        words: "Change the price or a right beside a preview of the customer’s page, and ask for its review.",
        button: "Open your integrations",
        href: partner("/integrations"),
      },
    ],
  },
  {
    id: "consultant",
    name: "Consultant",
    short: "Import a file",
    promise:
      "A customer’s system can only write files: take twelve invoices in from a CSV, three of them bad.",
    person: "colleague",
    needsPast: false,
    steps: [
      {
        id: "consultant-connect",
        title: "Connect the customer’s company",
        words: `As ${PEOPLE.colleague.email}, and as Kaisu Kollega at Procountor, pick Kollegan Kirjakauppa Oy.`,
        button: "Open the link",
        href: orders,
      },
      {
        id: "consultant-import",
        title: "Import the file",
        words:
          "Drop the file on the page: you see the first rows with what is wrong in them. Import the good ones, and take the bad ones back as a file.",
        button: "Open the import",
        href: connection("colleague", "/deliveries/import"),
        also: { label: "Download invoices.csv", href: () => "/invoices.csv" },
      },
      {
        id: "consultant-mend",
        title: "Mend what Procountor refused",
        words:
          "One invoice has a VAT rate that Procountor does not know. Mend it where you read about it, or put it aside.",
        button: "Open the inbox",
        href: connection("colleague", "/deliveries"),
      },
    ],
  },
  {
    id: "operator",
    name: "Operator",
    short: "Run it all",
    promise: "You run this installation: decide who offers integrations here, and what they may ask for.",
    person: "operator",
    needsPast: true,
    steps: [
      {
        id: "operator-open",
        title: "Open the operator’s pages",
        words: `Sign in as ${PEOPLE.operator.email}. What the product could not put right by itself is a task; today there should be none.`,
        button: "Open the tasks",
        href: at("/operator/tasks"),
      },
      {
        id: "operator-partner",
        title: "Let an organization in",
        words: "One asks to become a partner. Accept it, or refuse it in words; it reads them in a mail.",
        button: "Open the applications",
        href: at("/operator/partners"),
      },
      {
        id: "operator-review",
        title: "Review a version",
        words:
          "A partner changed its price. Look at what is different, and approve it or say what is missing.",
        button: "Open the reviews",
        href: at("/operator/reviews"),
      },
    ],
  },
];
