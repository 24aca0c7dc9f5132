"""Telegram, by long polling or by webhook (Bot API 10.1)."""
