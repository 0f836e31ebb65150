/**
 * Loaded before each part that the supervisor starts: when the supervisor dies, even by kill -9, their channel closes
 * and the part is told to stop, as by any service manager.
 */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
