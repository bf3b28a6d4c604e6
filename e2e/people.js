// Signing in as the people of the demo company.

/** Roles as the pages call them in Chinese, which is the demo's language. */
export const ROLES = {
  receptionist: "前台",
  consultant: "置业顾问",
  supervisor: "主管",
  manager: "经理",
  headOffice: "总办",
  administrator: "管理员",
};

/** Logins and passwords by role, as the demo's sign-in page tells them. */
export async function demoSignIns(page) {
  await page.goto("/sign-in");
  const rows = page.getByRole("region", { name: "演示账号" }).locator("tbody tr");
  const signIns = {};
  for (const row of await rows.all()) {
    const role = (await row.getByRole("rowheader").innerText()).trim();
    const [login, password] = await row.locator("code").allInnerTexts();
    (signIns[role] ??= []).push({ login, password });
  }
  return signIns;
}

/** Signs in by the form, and stays on the page that the role begins with. */
export async function signIn(page, { login, password }) {
  await page.goto("/sign-in");
  await page.locator("#name").fill(login);
  await page.locator("#password").fill(password);
  await page.locator("form[action='/sign-in'] button").click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}
