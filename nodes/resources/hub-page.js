/** What Dashboard 2 loads for the widget ui-hub-page: the frame of the hub's own pages, and the page that is asked for. */
const [, , page = ""] = location.pathname.split("/");
const { base, modules } = await (await fetch(`/desk/start/${page || "workbench"}`)).json();
const links = modules.map((href) => Object.assign(document.createElement("link"), { rel: "modulepreload", href }));
const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: `${base}/dashboard/desk.css` });
document.head.append(style, ...links);

const { default: HubPage } = await import(`${base}/dashboard/HubPage.vue`);
window["ui-hub-page"].HubPage = HubPage;
