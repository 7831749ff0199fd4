"use client";
import { getNonce, setNonce } from "get-nonce";

/**
 * Dialogs lock scrolling by a style element of their own; with the page's nonce the browser takes it. The nonce is that
 * of the first load: later answers of the server bring others, which the document's policy does not know.
 */
export function StyleNonce({ nonce }: { nonce: string }) {
  if (typeof window !== "undefined" && getNonce() === undefined) setNonce(nonce);
  return null;
}
