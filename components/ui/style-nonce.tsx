"use client";
import { setNonce } from "get-nonce";

/** Dialogs lock scrolling by a style element of their own; with the page's nonce the browser takes it. */
export function StyleNonce({ nonce }: { nonce: string }) {
  setNonce(nonce);
  return null;
}
