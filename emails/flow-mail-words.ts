/** next-intl's translator for the namespace `flowMail`. */
export type FlowMailWords = (key: string, values?: Record<string, string | number>) => string;
