/** Rendered anew for each request, as the portal's pages are, and nothing else. */
export const dynamic = "force-dynamic";

export default function Page() {
  return <h1>Bare</h1>;
}
