import {
  ACCESS_KINDS,
  type DataFlow,
  type Frequency,
  type PrivacyPolicy,
  type ShownContent,
  type SpecificationField,
} from "./schema";

/** A piece of a line: words of ours, or words of the partner's, which are in the language of their field. */
export type Part = string | { partners: string };
export type Line = Part[];

/** How we say things in the reader's language. `t` finds messages under `specification`. */
export type FieldWords = {
  partner: string;
  connector: string;
  t(key: string, values?: Record<string, string | number>): string;
  /** An amount of minor units, as `€12.90`. */
  money(amountMinor: number, currency: string): string;
  /** A calendar day (`2026-10-01`). */
  day(on: string): string;
  right(path: string): string;
  level(level: string): string;
  /** A way in which the vendor sends invoices. */
  deliveryWay(way: string): string;
};

/** The card of the review page and of the acceptance record in which a field stands. */
export type Section =
  | "heading"
  | "about"
  | "dataFlows"
  | "technicalUser"
  | "access"
  | "price"
  | "privacyPolicy"
  | "support"
  | "terms"
  | "dataProcessingAgreement"
  | "conditions";

type FieldDescription<Value> = {
  section: Section;
  /** All of the value in words, for the acceptance record and for what changed. Another value gives other lines. */
  lines(value: Value, words: FieldWords, content: ShownContent): Line[];
};

/** Begins a line that belongs to the one above. */
const DASH = "– ";

const own = (text: string): Part => ({ partners: text });
const ownOrNone = (text: string | null): Part[] => (text === null ? [] : [own(text)]);

export function frequencyWords(frequency: Frequency, { t }: Pick<FieldWords, "t">): Part {
  if (frequency.kind === "words") return own(frequency.words);
  if (frequency.kind === "each_change") return t("frequency.each_change");
  return t(`frequency.${frequency.kind}`, { unit: frequency.unit, count: frequency.count });
}

function flowLine(flow: DataFlow, words: FieldWords): Line {
  const { partner, connector, t } = words;
  return [
    own(flow.what),
    t(`direction.${flow.direction}`, { partner, connector }),
    frequencyWords(flow.frequency, words),
    t("master", { side: flow.master === "vendor" ? connector : partner }),
  ];
}

/** Days, hours, minutes and seconds, none rounded away. */
export function durationWords(seconds: number, { t }: Pick<FieldWords, "t">): string {
  const units = [
    ["days", Math.floor(seconds / 86_400)],
    ["hours", Math.floor(seconds / 3600) % 24],
    ["minutes", Math.floor(seconds / 60) % 60],
    ["seconds", seconds % 60],
  ] as const;
  return units
    .filter(([, count]) => count > 0)
    .map(([unit, count]) => t(`duration.${unit}`, { count }))
    .join(" ");
}

/** A privacy policy at an address may have neither version nor date. */
function agreementLines({ version, updatedOn, body, url }: PrivacyPolicy, words: FieldWords): Line[] {
  return [
    ...(version === undefined || updatedOn === undefined
      ? []
      : [[words.t("version", { version, date: words.day(updatedOn) })]]),
    ...(body === undefined ? [] : [[own(body)]]),
    ...(url === undefined ? [] : [[url]]),
  ];
}

function priceLines(price: ShownContent["price"], { t, money, partner }: FieldWords): Line[] {
  if (price.kind === "unknown") return [[t("price.unknown", { partner })]];
  const { amountMinor, oneOffMinor, currency, billedTo, priceListUrl } = price;
  const amount = t(`price.${billedTo}`, { amount: money(amountMinor, currency) });
  return [
    [amount],
    ...(oneOffMinor === undefined ? [] : [[t("price.oneOff", { amount: money(oneOffMinor, currency) })]]),
    ...(priceListUrl === null ? [] : [[t("price.list"), priceListUrl]]),
  ];
}

type Choices = { value: string; label: string }[];
/** The names that are sent to the partner stand beside the words: they are part of what is agreed. */
const choiceLines = (choices: Choices, { t }: FieldWords): Line[] =>
  choices.map(({ value, label }) => [DASH, own(label), t("named", { name: value })]);

function stepLines(steps: ShownContent["partnerSteps"], words: FieldWords): Line[] {
  const { t, partner } = words;
  if (steps.kind === "none") return [[t("steps.none", { partner })]];
  const heading: Line[] = [[t(`steps.${steps.kind}`, { partner })], [own(steps.title)], [own(steps.intro)]];
  if (steps.kind === "page") return [...heading, [steps.url]];
  const fields = steps.fields.flatMap((field) => [
    [
      own(field.label),
      ...ownOrNone(field.help),
      t(`kinds.${field.type}`),
      ...(field.format === undefined ? [] : [t(`formats.${field.format}`)]),
      ...(field.url === undefined ? [] : [field.url]),
      t(field.required ? "required" : "optional"),
      t("longest", { count: field.maxLength }),
      t("named", { name: field.name }),
    ],
    ...choiceLines(field.choices, words),
  ]);
  return [...heading, ...fields];
}

/** A choice by its words, another value as it is. */
function labelOf(setting: ShownContent["settings"][number] | undefined, value: string): string {
  const choice = setting?.type === "choice" ? setting.choices.find((one) => one.value === value) : undefined;
  return choice?.label ?? value;
}

function settingBounds(setting: ShownContent["settings"][number], { t }: FieldWords): Part[] {
  switch (setting.type) {
    case "choice":
      return setting.default === null ? [] : [t("default", { value: labelOf(setting, setting.default) })];
    case "switch":
      return [t("default", { value: t(setting.default ? "on" : "off") })];
    case "number":
      return [
        t("between", { min: setting.min, max: setting.max }),
        t(setting.required ? "required" : "optional"),
      ];
    case "text":
      return [t("longest", { count: setting.maxLength }), t(setting.required ? "required" : "optional")];
    case "number_range":
      return [t(setting.required ? "required" : "optional")];
  }
}

function settingLines(settings: ShownContent["settings"], words: FieldWords): Line[] {
  const { t } = words;
  return settings.flatMap((setting) => [
    [
      own(setting.label),
      ...ownOrNone(setting.help),
      t(`kinds.${setting.type}`),
      ...settingBounds(setting, words),
      t("named", { name: setting.name }),
    ],
    ...(setting.type === "choice" ? choiceLines(setting.choices, words) : []),
  ]);
}

type When = { setting: string; values: string[] } | null;

function requirementLines(
  needs: ShownContent["requirements"],
  { t, deliveryWay }: FieldWords,
  { settings }: Pick<ShownContent, "settings">,
): Line[] {
  if (!needs) return [];
  const { products, customerNumbers, delivery } = needs;
  const named = (name: string) => settings.find((setting) => setting.name === name);
  const when = (condition: When): Part[] =>
    condition === null
      ? []
      : [
          t("requirements.when", { setting: named(condition.setting)?.label ?? condition.setting }),
          ...condition.values.map((value) => labelOf(named(condition.setting), value)),
        ];
  return [
    ...(products
      ? [
          [t("requirements.products"), ...products.codes],
          [DASH, t("requirements.byHand"), ...when(products.madeByHand)],
        ]
      : []),
    ...(customerNumbers
      ? [
          [
            t("requirements.numbers", {
              setting: named(customerNumbers.setting)?.label ?? customerNumbers.setting,
            }),
          ],
        ]
      : []),
    ...(delivery
      ? // As it is stored, whose order is not ours.
        Object.entries(delivery)
          .sort(([one], [other]) => (one < other ? -1 : 1))
          .map(([way, condition]) => [
            deliveryWay(way),
            ...(condition ? when(condition) : [t("requirements.never")]),
          ])
      : []),
  ];
}

/**
 * The one description of a specification's fields. The review page, "changed since you started" and the acceptance record are
 * made from it; a field's label is the message `specification.fields.<field>`. A field of the schema that is missing here does
 * not compile.
 */
export const SPECIFICATION_FIELDS: {
  readonly [Field in SpecificationField]-?: FieldDescription<ShownContent[Field]>;
} = {
  name: { section: "heading", lines: (name) => [[own(name)]] },
  summary: { section: "heading", lines: (summary) => [[own(summary)]] },
  description: { section: "about", lines: (description) => [[own(description)]] },
  dataFlows: {
    section: "dataFlows",
    lines: (flows, words) => flows.map((flow) => flowLine(flow, words)),
  },
  technicalUser: {
    section: "technicalUser",
    lines: ({ username, rights }, { t, right, level }) => [
      [t("username", { username })],
      ...rights.map((one) => [right(one.path), level(one.level), own(one.reason)]),
    ],
  },
  access: {
    section: "access",
    lines: (kinds, { t, partner, connector }) =>
      ACCESS_KINDS.filter((kind) => kinds?.includes(kind)).map((kind) => [
        t(`access.${kind}`, { partner, connector }),
      ]),
  },
  price: { section: "price", lines: priceLines },
  privacyPolicy: { section: "privacyPolicy", lines: agreementLines },
  support: {
    section: "support",
    lines: ({ email, url, phone }, { t }) => [
      [email],
      ...(url === null ? [] : [[url]]),
      ...(phone === null ? [] : [[t("phone", { phone })]]),
    ],
  },
  partnerSteps: { section: "conditions", lines: stepLines },
  settings: { section: "conditions", lines: settingLines },
  requirements: { section: "conditions", lines: requirementLines },
  cap: { section: "conditions", lines: (count, { t }) => [[t("cap", { count })]] },
  decisionTimeoutSeconds: {
    section: "conditions",
    lines: (seconds, words) => [[words.t("decisionTimeout", { duration: durationWords(seconds, words) })]],
  },
  mainLanguage: {
    section: "conditions",
    lines: (language, { t }) => [[t(`languages.${language}`)]],
  },
  terms: { section: "terms", lines: agreementLines },
  dataProcessingAgreement: {
    section: "dataProcessingAgreement",
    lines: (agreement, words) => (agreement === null ? [] : agreementLines(agreement, words)),
  },
};

const FIELDS = Object.keys(SPECIFICATION_FIELDS) as SpecificationField[];

/** The fields of a section, in the order of their description. */
export function fieldsOf(section: Section): SpecificationField[] {
  return FIELDS.filter((field) => SPECIFICATION_FIELDS[field].section === section);
}

/** One field of a content in lines; empty when the content has nothing there. */
export function linesOf(content: ShownContent, field: SpecificationField, words: FieldWords): Line[] {
  // One function for the value of one field: the union of both does not show that they belong together.
  const { lines } = SPECIFICATION_FIELDS[field] as FieldDescription<unknown>;
  return lines(content[field], words, content);
}

/** What stands between a part of a line and the next one. */
export function separatorAfter(part: Part | undefined): string {
  if (part === DASH) return "";
  return typeof part === "string" && part.endsWith(":") ? " " : " · ";
}

/** A line as one string, as a reader sees it. */
export function textOfLine(line: Line): string {
  return line
    .map((part, index) => {
      const before = index === 0 ? "" : separatorAfter(line[index - 1]);
      return before + (typeof part === "string" ? part : part.partners);
    })
    .join("");
}
