/** What Dashboard 2 loads for the widget ui-hub-page: the frame of the hub's own pages. */
import HubPage from "/desk/dashboard/HubPage.vue";

document.head.append(
	Object.assign(document.createElement("link"), { rel: "stylesheet", href: "/desk/dashboard/desk.css" }),
);
window["ui-hub-page"].HubPage = HubPage;
