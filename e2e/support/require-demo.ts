import { demo } from "./demo";

/** Fails the run at once, in words, when no product runs. */
export default function requireDemo(): void {
  demo();
}
