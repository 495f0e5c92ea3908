/** Where the pages begin. */
import { createApp } from "vue";
import App from "./app.vue";
import { installPages } from "./installed.ts";
import { followNavigation } from "./navigation.ts";
import { router } from "./routes.ts";
import { pageSettings } from "./service/page-settings.ts";
import { applySettings } from "./settings/settings.ts";
import { trustOwnScripts } from "./trusted-urls.ts";
import "./styles/tokens.css";
import "./styles/base.css";

trustOwnScripts();
await applySettings();
followNavigation(router);
createApp(App).use(router).mount("#app");
installPages();
// Help's number, for when it is wanted; nothing waits for it.
pageSettings().catch(() => undefined);
