"use strict";
SwaggerUIBundle({url: "/openapi", dom_id: "#swagger-ui", deepLinking: true, docExpansion: "list",
  defaultModelsExpandDepth: 0, displayRequestDuration: true, filter: true, validatorUrl: null});
