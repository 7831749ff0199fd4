import type { SpecificationContent } from "@/lib/catalogue/integration/schema";
import { content, type InAll, right, type SeedIntegration, sample } from "./seed-content";
import { BY_APPLICATION } from "./seed-terms";

const choice = (name: string, label: InAll, help: InAll, choices: [value: string, label: InAll][]) => ({
  name,
  label,
  help,
  type: "choice" as const,
  default: choices[0]?.[0] ?? null,
  choices: choices.map(([value, words]) => ({ value, label: words })),
});

/** What a customer of such an integration has to choose, and what follows for its clients. */
const SETTINGS: SpecificationContent["settings"] = [
  choice(
    "data_flows",
    {
      en: "Which data is moved?",
      fi: "Mitä tietoja siirretään?",
      nb: "Hvilke data skal overføres?",
      sv: "Vilka uppgifter ska överföras?",
      da: "Hvilke data skal overføres?",
    },
    {
      en: "You can ask support for a change later.",
      fi: "Voit pyytää tuelta muutosta myöhemmin.",
      nb: "Du kan be kundestøtten om en endring senere.",
      sv: "Du kan be supporten om en ändring senare.",
      da: "Du kan bede supporten om en ændring senere.",
    },
    [
      [
        "invoices",
        {
          en: "Invoice drafts and their customers",
          fi: "Laskuluonnokset ja niiden asiakkaat",
          nb: "Fakturakladder og kundene deres",
          sv: "Fakturautkast och deras kunder",
          da: "Fakturakladder og deres kunder",
        },
      ],
      [
        "invoices_and_payments",
        {
          en: "Invoice drafts, their customers, and which invoices are paid",
          fi: "Laskuluonnokset, niiden asiakkaat ja tieto maksetuista laskuista",
          nb: "Fakturakladder, kundene deres, og hvilke fakturaer som er betalt",
          sv: "Fakturautkast, deras kunder och vilka fakturor som är betalda",
          da: "Fakturakladder, deres kunder, og hvilke fakturaer der er betalt",
        },
      ],
    ],
  ),
  choice(
    "product_groups",
    {
      en: "Products A-1, A-2, A-3 and A-99",
      fi: "Tuotteet A-1, A-2, A-3 ja A-99",
      nb: "Produktene A-1, A-2, A-3 og A-99",
      sv: "Produkterna A-1, A-2, A-3 och A-99",
      da: "Produkterne A-1, A-2, A-3 og A-99",
    },
    {
      en: "Each needs a standard sales account in Go.",
      fi: "Jokainen tarvitsee Gossa oletusmyyntitilin.",
      nb: "Hvert produkt trenger en standard salgskonto i Go.",
      sv: "Varje produkt behöver ett standardkonto för försäljning i Go.",
      da: "Hvert produkt skal have en standardsalgskonto i Go.",
    },
    [
      [
        "manual",
        {
          en: "I make them in Go myself (recommended)",
          fi: "Teen ne Gossa itse (suositus)",
          nb: "Jeg oppretter dem selv i Go (anbefalt)",
          sv: "Jag lägger upp dem själv i Go (rekommenderas)",
          da: "Jeg opretter dem selv i Go (anbefales)",
        },
      ],
      [
        "automatic",
        {
          en: "Make those that are missing",
          fi: "Tehkää puuttuvat",
          nb: "Opprett dem som mangler",
          sv: "Lägg upp dem som saknas",
          da: "Opret dem, der mangler",
        },
      ],
    ],
  ),
  {
    name: "customer_numbers",
    type: "number_range",
    label: {
      en: "Numbers that we give to new customers",
      fi: "Numerot, jotka annamme uusille asiakkaille",
      nb: "Numre vi gir nye kunder",
      sv: "Nummer som vi ger nya kunder",
      da: "Numre, vi giver nye kunder",
    },
    help: {
      en: "Only if your customers are numbered in our service. A number series in Go has to cover them. Leave both empty to let Go number new customers.",
      fi: "Vain jos asiakkaasi numeroidaan palvelussamme. Gon numerosarjan pitää kattaa numerot. Jätä molemmat tyhjiksi, jos Go saa numeroida uudet asiakkaat.",
      nb: "Bare hvis kundene dine nummereres i tjenesten vår. En nummerserie i Go må dekke dem. La begge stå tomme hvis Go skal nummerere nye kunder.",
      sv: "Bara om dina kunder numreras i vår tjänst. En nummerserie i Go måste täcka dem. Lämna båda tomma om Go ska numrera nya kunder.",
      da: "Kun hvis dine kunder nummereres i vores tjeneste. En nummerserie i Go skal dække dem. Lad begge stå tomme, hvis Go skal nummerere nye kunder.",
    },
    required: false,
  },
  choice(
    "delivery",
    {
      en: "How invoices are delivered",
      fi: "Miten laskut toimitetaan",
      nb: "Hvordan fakturaer leveres",
      sv: "Hur fakturor levereras",
      da: "Hvordan fakturaer leveres",
    },
    {
      en: "EHF needs companies that are registered in ELMA.",
      fi: "EHF edellyttää, että yritykset on rekisteröity ELMAan.",
      nb: "EHF krever at selskapene er registrert i ELMA.",
      sv: "EHF kräver att företagen är registrerade i ELMA.",
      da: "EHF kræver, at virksomhederne er registreret i ELMA.",
    },
    [
      [
        "email",
        {
          en: "PDF by e-mail",
          fi: "PDF sähköpostitse",
          nb: "PDF på e-post",
          sv: "PDF via e-post",
          da: "PDF på e-mail",
        },
      ],
      [
        "ehf",
        {
          en: "EHF where the receiver can take it, else e-mail",
          fi: "EHF, jos vastaanottaja voi ottaa sen vastaan, muuten sähköposti",
          nb: "EHF der mottakeren kan ta imot det, ellers e-post",
          sv: "EHF där mottagaren kan ta emot det, annars e-post",
          da: "EHF, hvor modtageren kan tage imod det, ellers e-mail",
        },
      ],
    ],
  ),
];
const REQUIREMENTS: SpecificationContent["requirements"] = {
  products: {
    codes: ["A-1", "A-2", "A-3", "A-99"],
    madeByHand: { setting: "product_groups", values: ["manual"] },
  },
  customerNumbers: { setting: "customer_numbers" },
  delivery: {
    email: { setting: "delivery", values: ["email", "ehf"] },
    ehf: { setting: "delivery", values: ["ehf"] },
  },
};

/** A sample integration for PowerOffice Go, of the same fictional partner. */
export const goIntegration: SeedIntegration = {
  name: "go",
  connector: "poweroffice-go",
  slug: "esimerkki-go-invoices",
  isListed: true,
  kind: "invoices",
  content: content(
    {
      name: "Esimerkki Go Invoices",
      summary: {
        en: "Finished work orders become invoice drafts in PowerOffice Go.",
        fi: "Valmiista työtilauksista tulee laskuluonnoksia PowerOffice Gohon.",
        nb: "Ferdige arbeidsordrer blir fakturakladder i PowerOffice Go.",
        sv: "Färdiga arbetsorder blir fakturautkast i PowerOffice Go.",
        da: "Færdige arbejdsordrer bliver til fakturakladder i PowerOffice Go.",
      },
      description: sample({
        en: "Each finished work order becomes an invoice draft in PowerOffice Go, with its customer and one of four products. You look at the draft and send it from Go.",
        fi: "Jokaisesta valmiista työtilauksesta tulee PowerOffice Gohon laskuluonnos, jossa on asiakas ja yksi neljästä tuotteesta. Tarkistat luonnoksen ja lähetät sen Gosta.",
        nb: "Hver ferdige arbeidsordre blir en fakturakladd i PowerOffice Go, med kunde og ett av fire produkter. Du ser over kladden og sender den fra Go.",
        sv: "Varje färdig arbetsorder blir ett fakturautkast i PowerOffice Go, med kund och en av fyra produkter. Du granskar utkastet och skickar det från Go.",
        da: "Hver færdig arbejdsordre bliver til en fakturakladde i PowerOffice Go med kunde og et af fire produkter. Du ser kladden igennem og sender den fra Go.",
      }),
      dataFlows: [
        {
          what: {
            en: "Invoice drafts",
            fi: "Laskuluonnokset",
            nb: "Fakturakladder",
            sv: "Fakturautkast",
            da: "Fakturakladder",
          },
          direction: "to_vendor",
          frequency: { kind: "within", count: 10, unit: "minute" },
          master: "partner",
        },
        {
          what: { en: "Customers", fi: "Asiakkaat", nb: "Kunder", sv: "Kunder", da: "Kunder" },
          direction: "to_vendor",
          frequency: { kind: "each_change" },
          master: "partner",
        },
        {
          what: { en: "Products", fi: "Tuotteet", nb: "Produkter", sv: "Produkter", da: "Produkter" },
          direction: "both",
          frequency: { kind: "every", count: 1, unit: "day" },
          master: "vendor",
        },
        {
          what: {
            en: "Paid invoices",
            fi: "Maksetut laskut",
            nb: "Betalte fakturaer",
            sv: "Betalda fakturor",
            da: "Betalte fakturaer",
          },
          direction: "from_vendor",
          frequency: { kind: "every", count: 1, unit: "hour" },
          master: "vendor",
        },
      ],
      price: {
        kind: "known",
        amountMinor: 14900,
        currency: "NOK",
        billedTo: "environment",
        priceListUrl: "https://partner.example/prices",
      },
      decisionTimeoutSeconds: 3600,
      username: "Esimerkki Go Invoices",
      rights: [
        right("SalesOrders", "Full", {
          en: "Makes an invoice draft for each finished order.",
          fi: "Tekee laskuluonnoksen jokaisesta valmiista tilauksesta.",
          nb: "Oppretter en fakturakladd for hver ferdige ordre.",
          sv: "Skapar ett fakturautkast för varje färdig order.",
          da: "Opretter en fakturakladde for hver færdig ordre.",
        }),
        right("Customer", "Full", {
          en: "Adds new customers, numbered within your series.",
          fi: "Lisää uudet asiakkaat numerosarjasi mukaan.",
          nb: "Legger til nye kunder, nummerert innenfor serien din.",
          sv: "Lägger till nya kunder, numrerade inom din serie.",
          da: "Tilføjer nye kunder, nummereret inden for din serie.",
        }),
        right("Product", "Full", {
          en: "Looks the four products up, and makes missing ones if you wish.",
          fi: "Hakee neljä tuotetta ja tekee puuttuvat, jos niin haluat.",
          nb: "Slår opp de fire produktene, og oppretter dem som mangler, hvis du ønsker det.",
          sv: "Söker upp de fyra produkterna och lägger upp dem som saknas om du vill.",
          da: "Slår de fire produkter op og opretter dem, der mangler, hvis du ønsker det.",
        }),
        right("OutgoingInvoice", "Read", {
          en: "Tells which invoices are paid.",
          fi: "Kertoo, mitkä laskut on maksettu.",
          nb: "Forteller hvilke fakturaer som er betalt.",
          sv: "Berättar vilka fakturor som är betalda.",
          da: "Fortæller, hvilke fakturaer der er betalt.",
        }),
        right("CommonServices", "Read", {
          en: "Reads your number series, payment terms and VAT codes.",
          fi: "Lukee numerosarjasi, maksuehtosi ja alv-koodisi.",
          nb: "Leser nummerserier, betalingsbetingelser og mva-koder.",
          sv: "Läser nummerserier, betalningsvillkor och momskoder.",
          da: "Læser nummerserier, betalingsbetingelser og momskoder.",
        }),
        right("GeneralLedgerAccount", "Read", {
          en: "Checks the sales account of a product and its VAT code.",
          fi: "Tarkistaa tuotteen myyntitilin ja sen alv-koodin.",
          nb: "Sjekker salgskontoen til et produkt og mva-koden dens.",
          sv: "Kontrollerar en produkts försäljningskonto och dess momskod.",
          da: "Kontrollerer et produkts salgskonto og dens momskode.",
        }),
      ],
      access: ["gateway", "deliveries"],
      partnerSteps: { kind: "none" },
      settings: SETTINGS,
      requirements: REQUIREMENTS,
    },
    BY_APPLICATION,
  ),
};
