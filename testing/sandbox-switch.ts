/** Turns a switch of the vendor's stand-in at `url`; gives its answer, and throws what it refused. */
export async function turnSwitch(url: string, path: string, body: object) {
  const response = await fetch(`${url}/sandbox/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`sandbox: ${JSON.stringify(answer)}`);
  return answer;
}
