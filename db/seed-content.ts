import type { SpecificationContent } from "@/lib/catalogue/integration/schema";
import type { Text } from "@/lib/catalogue/integration/texts";
import type { IntegrationKind } from "@/lib/catalogue/listing/kinds";
import type { ConnectorId } from "@/lib/connectors/registry";
import { agreementsOf, BY_TECHNICAL_USER, PRIVACY_POLICY } from "./seed-terms";

type Right = SpecificationContent["technicalUser"]["rights"][number];
export type SeedIntegration = {
  name: "automatic" | "form" | "page" | "go" | "superoffice";
  connector: ConnectorId;
  slug: string;
  isListed: boolean;
  kind: IntegrationKind;
  content: SpecificationContent;
};

const SAMPLE = {
  en: "This is a sample integration of a fictional partner.",
  fi: "Tämä on kuvitteellisen kumppanin esimerkki-integraatio.",
  nb: "Dette er et eksempel på en integrasjon fra en oppdiktet partner.",
  sv: "Det här är ett exempel på en integration från en påhittad partner.",
  da: "Dette er et eksempel på en integration fra en fiktiv partner.",
};

/** A text in all of the portal's languages. */
export type InAll = typeof SAMPLE;

/** A description that says at its end that the integration is made up. */
export const sample = (words: InAll): Text => ({
  en: `${words.en}\n\n${SAMPLE.en}`,
  fi: `${words.fi}\n\n${SAMPLE.fi}`,
  nb: `${words.nb}\n\n${SAMPLE.nb}`,
  sv: `${words.sv}\n\n${SAMPLE.sv}`,
  da: `${words.da}\n\n${SAMPLE.da}`,
});

/** A product's name: the same in every language. */
const named = (name: string): InAll => ({ en: name, fi: name, nb: name, sv: name, da: name });

type Own = Omit<
  SpecificationContent,
  | "schemaVersion"
  | "mainLanguage"
  | "name"
  | "terms"
  | "dataProcessingAgreement"
  | "privacyPolicy"
  | "support"
  | "technicalUser"
  | "cap"
> & { name: string; username: string; rights: Right[] };

export function content(
  { name, username, rights, ...own }: Own,
  /** The paragraph of the terms that says how the integration gets in. */
  access: Parameters<typeof agreementsOf>[0] = BY_TECHNICAL_USER,
): SpecificationContent {
  return {
    schemaVersion: 2,
    mainLanguage: "en",
    name: named(name),
    ...own,
    ...agreementsOf(access),
    privacyPolicy: PRIVACY_POLICY,
    support: {
      email: "support@partner.example",
      url: "https://partner.example/support",
      phone: "+358 00 000 0000",
    },
    technicalUser: { username, rights },
    cap: 20,
  };
}

export const right = (path: string, level: string, reason: InAll): Right => ({ path, level, reason });

/** Three integrations of one fictional partner: decided at once, after a form, and on the partner's own page. */
export function seedIntegrations(partnerUrl: string): SeedIntegration[] {
  return [
    {
      name: "automatic",
      connector: "procountor",
      slug: "esimerkki-orders",
      isListed: true,
      kind: "orders",
      content: content({
        name: "Esimerkki Orders",
        summary: {
          en: "Turns web shop orders into sales invoices in Procountor.",
          fi: "Tekee verkkokaupan tilauksista myyntilaskuja Procountoriin.",
          nb: "Gjør bestillinger i nettbutikken om til salgsfakturaer i Procountor.",
          sv: "Gör webbutikens beställningar till försäljningsfakturor i Procountor.",
          da: "Gør webshoppens ordrer til salgsfakturaer i Procountor.",
        },
        description: sample({
          en: "Each paid order of your web shop becomes a sales invoice in Procountor, with its customer and products. Invoices are made unfinished, so that you approve them before they are sent.",
          fi: "Jokaisesta verkkokauppasi maksetusta tilauksesta tehdään Procountoriin myyntilasku asiakas- ja tuotetietoineen. Laskut jäävät keskeneräisiksi, joten hyväksyt ne ennen lähettämistä.",
          nb: "Hver betalte bestilling i nettbutikken blir en salgsfaktura i Procountor, med kunde og produkter. Fakturaene opprettes uferdige, slik at du godkjenner dem før de sendes.",
          sv: "Varje betald beställning i webbutiken blir en försäljningsfaktura i Procountor, med kund och produkter. Fakturorna skapas ofärdiga, så att du godkänner dem innan de skickas.",
          da: "Hver betalt ordre i webshoppen bliver til en salgsfaktura i Procountor med kunde og produkter. Fakturaerne oprettes ufærdige, så du godkender dem, før de sendes.",
        }),
        dataFlows: [
          {
            what: {
              en: "Sales invoices",
              fi: "Myyntilaskut",
              nb: "Salgsfakturaer",
              sv: "Försäljningsfakturor",
              da: "Salgsfakturaer",
            },
            direction: "to_vendor",
            frequency: { kind: "within", count: 10, unit: "minute" },
            master: "partner",
          },
          {
            what: { en: "Customers", fi: "Asiakkaat", nb: "Kunder", sv: "Kunder", da: "Kunder" },
            direction: "both",
            frequency: { kind: "every", count: 15, unit: "minute" },
            master: "vendor",
          },
          {
            what: {
              en: "Products and prices",
              fi: "Tuotteet ja hinnat",
              nb: "Produkter og priser",
              sv: "Produkter och priser",
              da: "Produkter og priser",
            },
            direction: "to_vendor",
            frequency: { kind: "each_change" },
            master: "partner",
          },
        ],
        price: {
          kind: "known",
          amountMinor: 1290,
          currency: "EUR",
          billedTo: "environment",
          priceListUrl: "https://partner.example/prices",
        },
        decisionTimeoutSeconds: 900,
        username: "Esimerkki Orders API",
        rights: [
          right("sales.salesOrGroupInvoices", "ALL_RIGHTS", {
            en: "Makes a sales invoice for each order.",
            fi: "Tekee jokaisesta tilauksesta myyntilaskun.",
            nb: "Oppretter en salgsfaktura for hver bestilling.",
            sv: "Skapar en försäljningsfaktura för varje beställning.",
            da: "Opretter en salgsfaktura for hver ordre.",
          }),
          right("sales.salesInvoiceSearch", "VIEWING_RIGHTS", {
            en: "Looks an order's invoice up, so that none is made twice.",
            fi: "Hakee tilauksen laskun, jottei samasta tilauksesta tehdä kahta.",
            nb: "Slår opp fakturaen til en bestilling, så ingen opprettes to ganger.",
            sv: "Söker upp en beställnings faktura, så att ingen skapas två gånger.",
            da: "Slår en ordres faktura op, så ingen oprettes to gange.",
          }),
          right("sales.customerRegister", "ALL_RIGHTS", {
            en: "Adds new customers and keeps their addresses up to date.",
            fi: "Lisää uudet asiakkaat ja pitää niiden osoitteet ajan tasalla.",
            nb: "Legger til nye kunder og holder adressene oppdatert.",
            sv: "Lägger till nya kunder och håller deras adresser aktuella.",
            da: "Tilføjer nye kunder og holder deres adresser opdateret.",
          }),
          right("sales.productRegister", "ALL_RIGHTS", {
            en: "Adds the shop’s products, and keeps their names and prices up to date.",
            fi: "Lisää kaupan tuotteet ja pitää niiden nimet ja hinnat ajan tasalla.",
            nb: "Legger til butikkens produkter og holder navn og priser oppdatert.",
            sv: "Lägger till butikens produkter och håller namn och priser aktuella.",
            da: "Tilføjer butikkens produkter og holder navne og priser opdateret.",
          }),
        ],
        access: ["gateway", "deliveries", "files"],
        partnerSteps: { kind: "none" },
        settings: [],
      }),
    },
    {
      name: "form",
      connector: "procountor",
      slug: "esimerkki-receipts",
      isListed: true,
      kind: "expenses",
      content: content({
        name: "Esimerkki Receipts",
        summary: {
          en: "Photographed receipts arrive in Procountor as purchase invoices.",
          fi: "Kuvatut kuitit tulevat Procountoriin ostolaskuina.",
          nb: "Fotograferte kvitteringer kommer inn i Procountor som inngående fakturaer.",
          sv: "Fotograferade kvitton kommer in i Procountor som inköpsfakturor.",
          da: "Fotograferede kvitteringer kommer ind i Procountor som købsfakturaer.",
        },
        description: sample({
          en: "Employees photograph receipts with their phones. Each one becomes a purchase invoice with the picture attached, ready for circulation.",
          fi: "Työntekijät kuvaavat kuitit puhelimellaan. Jokaisesta tulee ostolasku, jonka liitteenä on kuva ja joka on valmis kiertoon.",
          nb: "Ansatte fotograferer kvitteringer med telefonen. Hver av dem blir en inngående faktura med bildet som vedlegg, klar til godkjenning.",
          sv: "Medarbetarna fotograferar kvitton med telefonen. Varje kvitto blir en inköpsfaktura med bilden som bilaga, klar för cirkulation.",
          da: "Medarbejderne fotograferer kvitteringer med telefonen. Hver af dem bliver til en købsfaktura med billedet vedhæftet, klar til godkendelse.",
        }),
        dataFlows: [
          {
            what: {
              en: "Purchase invoices with attachments",
              fi: "Ostolaskut liitteineen",
              nb: "Inngående fakturaer med vedlegg",
              sv: "Inköpsfakturor med bilagor",
              da: "Købsfakturaer med bilag",
            },
            direction: "to_vendor",
            frequency: { kind: "within", count: 10, unit: "minute" },
            master: "partner",
          },
          {
            what: {
              en: "Suppliers",
              fi: "Toimittajat",
              nb: "Leverandører",
              sv: "Leverantörer",
              da: "Leverandører",
            },
            direction: "from_vendor",
            frequency: { kind: "every", count: 1, unit: "hour" },
            master: "vendor",
          },
        ],
        price: {
          kind: "known",
          amountMinor: 490,
          currency: "EUR",
          billedTo: "accounting_office",
          priceListUrl: null,
        },
        decisionTimeoutSeconds: 3600,
        username: "Esimerkki Receipts API",
        rights: [
          right("purchases.purchaseInvoices", "ALL_RIGHTS", {
            en: "Makes a purchase invoice for each receipt.",
            fi: "Tekee jokaisesta kuitista ostolaskun.",
            nb: "Oppretter en inngående faktura for hver kvittering.",
            sv: "Skapar en inköpsfaktura för varje kvitto.",
            da: "Opretter en købsfaktura for hver kvittering.",
          }),
          right("purchases.supplierRegister", "VIEWING_RIGHTS", {
            en: "Finds the supplier that is printed on a receipt.",
            fi: "Etsii kuittiin painetun toimittajan.",
            nb: "Finner leverandøren som står på kvitteringen.",
            sv: "Hittar leverantören som står på kvittot.",
            da: "Finder den leverandør, der står på kvitteringen.",
          }),
        ],
        access: ["gateway"],
        settings: [],
        partnerSteps: {
          kind: "form",
          title: {
            en: "Where do your receipts come from?",
            fi: "Mistä kuittisi tulevat?",
            nb: "Hvor kommer kvitteringene dine fra?",
            sv: "Var kommer dina kvitton ifrån?",
            da: "Hvor kommer dine kvitteringer fra?",
          },
          intro: {
            en: "Two answers, and the integration is activated in the companies that you picked.",
            fi: "Kaksi vastausta, ja integraatio otetaan käyttöön valitsemissasi yrityksissä.",
            nb: "To svar, så aktiveres integrasjonen i selskapene du valgte.",
            sv: "Två svar, och integrationen aktiveras i företagen som du valde.",
            da: "To svar, og integrationen aktiveres i de virksomheder, du valgte.",
          },
          fields: [
            {
              name: "account_id",
              label: {
                en: "Your account number at Esimerkki Receipts",
                fi: "Tilinumerosi Esimerkki Receipts -palvelussa",
                nb: "Kontonummeret ditt hos Esimerkki Receipts",
                sv: "Ditt kontonummer hos Esimerkki Receipts",
                da: "Dit kontonummer hos Esimerkki Receipts",
              },
              help: {
                en: "Under Settings, account. For trying out, any text will do.",
                fi: "Kohdassa Asetukset, tili. Kokeiluun käy mikä tahansa teksti.",
                nb: "Under Innstillinger, konto. For å prøve holder det med hvilken som helst tekst.",
                sv: "Under Inställningar, konto. För att prova duger vilken text som helst.",
                da: "Under Indstillinger, konto. Til en prøve kan enhver tekst bruges.",
              },
              type: "text",
              required: true,
              maxLength: 40,
              choices: [],
            },
            {
              name: "contact_email",
              label: {
                en: "E-mail address for receipts that cannot be read",
                fi: "Sähköpostiosoite kuiteille, joita ei voi lukea",
                nb: "E-postadresse for kvitteringer som ikke kan leses",
                sv: "E-postadress för kvitton som inte kan läsas",
                da: "E-mailadresse til kvitteringer, der ikke kan læses",
              },
              help: null,
              type: "email",
              required: true,
              maxLength: 120,
              choices: [],
            },
          ],
        },
      }),
    },
    {
      name: "page",
      connector: "procountor",
      slug: "esimerkki-reports",
      isListed: true,
      kind: "reporting",
      content: content({
        name: "Esimerkki Reports",
        summary: {
          en: "The figures of all your companies on one page.",
          fi: "Kaikkien yritystesi luvut yhdellä sivulla.",
          nb: "Tallene for alle selskapene dine på én side.",
          sv: "Siffrorna för alla dina företag på en sida.",
          da: "Tallene for alle dine virksomheder på én side.",
        },
        description: sample({
          en: "Reads the journal receipts of each company once a day, adds them up by account, and shows the sums side by side. It changes nothing in Procountor.",
          fi: "Lukee jokaisen yrityksen tositteet kerran päivässä, laskee ne yhteen tileittäin ja näyttää summat rinnakkain. Procountorissa mikään ei muutu.",
          nb: "Leser bilagene til hvert selskap en gang i døgnet, summerer dem per konto og viser summene side om side. Ingenting endres i Procountor.",
          sv: "Läser varje företags verifikationer en gång om dagen, summerar dem per konto och visar summorna sida vid sida. Inget ändras i Procountor.",
          da: "Læser hver virksomheds bilag en gang i døgnet, lægger dem sammen pr. konto og viser summerne side om side. Intet ændres i Procountor.",
        }),
        dataFlows: [
          {
            what: {
              en: "Journal receipts",
              fi: "Tositteet",
              nb: "Bilag",
              sv: "Verifikationer",
              da: "Bilag",
            },
            direction: "from_vendor",
            frequency: { kind: "every", count: 1, unit: "day" },
            master: "vendor",
          },
        ],
        price: { kind: "unknown" },
        decisionTimeoutSeconds: 604_800,
        username: "Esimerkki Reports API",
        rights: [
          right("accounting.journalReceiptSearch", "VIEWING_RIGHTS", {
            en: "Reads the receipts that a sum is made of.",
            fi: "Lukee tositteet, joista summa koostuu.",
            nb: "Leser bilagene som en sum består av.",
            sv: "Läser verifikationerna som en summa består av.",
            da: "Læser de bilag, som en sum består af.",
          }),
        ],
        access: ["gateway"],
        settings: [],
        partnerSteps: {
          kind: "page",
          title: {
            en: "Connect your companies at Esimerkki Reports",
            fi: "Yhdistä yrityksesi Esimerkki Reports -palveluun",
            nb: "Koble selskapene dine til Esimerkki Reports",
            sv: "Koppla dina företag till Esimerkki Reports",
            da: "Forbind dine virksomheder med Esimerkki Reports",
          },
          intro: {
            en: "The partner asks a few things on a page of its own and decides there.",
            fi: "Kumppani kysyy muutaman asian omalla sivullaan ja tekee siellä päätöksensä.",
            nb: "Partneren spør om noen ting på sin egen side og avgjør saken der.",
            sv: "Partnern frågar några saker på sin egen sida och fattar sitt beslut där.",
            da: "Partneren spørger om nogle få ting på sin egen side og træffer sin afgørelse der.",
          },
          url: `${partnerUrl}/partner/start`,
        },
      }),
    },
  ];
}
