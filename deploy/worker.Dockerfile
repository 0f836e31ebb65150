# The K8s Worker. Build from the root of the repository:
#   docker build --file deploy/worker.Dockerfile --tag windlass-worker .

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev
COPY tsconfig.json ./
COPY lib ./lib
COPY worker ./worker
RUN npm run build:worker

# A Node and what esbuild made of the worker: no packages.
FROM node:24-alpine
WORKDIR /app
ENV NODE_ENV=production
COPY --from=build /app/worker/dist ./
# By number, so that Kubernetes can see that it is not root.
USER 1000:1000
CMD ["node", "main.mjs"]
