// Which configuration is in force, why a newer file is not, and reading it again.
import type { FastifyPluginAsync } from 'fastify';
import type { AdminServices } from './services.ts';

export const config =
  (services: AdminServices): FastifyPluginAsync =>
  async (app) => {
    app.get('/config', { config: { permission: 'config.read' } }, async () => services.config());
    app.post('/config/reload', { config: { permission: 'config.reload' } }, async () => services.reload());
  };
