/* eslint-disable react-hooks/exhaustive-deps, @typescript-eslint/no-explicit-any, @typescript-eslint/no-unused-vars -- the block stands character for character */
// The specification's "Community Real-time Features" block, against the real engine.
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useEffect } from 'react';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';

import '../support/engine-files.js';
import { installFakeServer, type FakeServer } from '@client/core/realtime/testing';
import { realTimeService } from '@client/core/realtime';

import { useCommunityRealTime } from '@client/core/realtime';

// prettier-ignore
function CommunityDiscussion({ billId }: { billId: number }) {
  const {
    subscribeToDiscussion,
    sendTypingIndicator,
    stopTypingIndicator,
    sendCommentUpdate,
    typingIndicators
  } = useCommunityRealTime();

  useEffect(() => {
    subscribeToDiscussion(billId);
  }, [billId]);

  const handleStartTyping = () => {
    sendTypingIndicator(billId);
  };

  const handleStopTyping = () => {
    stopTypingIndicator(billId);
  };

  // @ts-expect-error The block uses it nowhere.
  const handleSubmitComment = (commentData: any) => {
    sendCommentUpdate(billId, commentData);
  };

  const currentTyping = typingIndicators.get(`${billId}_root`) || [];

  return (
    <div>
      <textarea
        onFocus={handleStartTyping}
        onBlur={handleStopTyping}
        placeholder="Write a comment..."
      />
      
      {currentTyping.length > 0 && (
        <p>{currentTyping.length} user(s) typing...</p>
      )}
    </div>
  );
}

let server: FakeServer;

beforeAll(() => {
  server = installFakeServer(realTimeService);
});

beforeEach(async () => {
  await realTimeService.initialize('test-token');
});

afterEach(async () => {
  cleanup();
  await realTimeService.shutdown();
});

afterAll(() => {
  server.uninstall();
});

const typing = { type: 'typing_indicator', user_id: 'ann', bill_id: 7 };

it('shows who types, until they stop', () => {
  render(<CommunityDiscussion billId={7} />);
  expect(screen.queryByText(/typing/)).toBeNull();
  act(() => server.deliver(typing));
  screen.getByText('1 user(s) typing...');
  act(() => server.deliver({ type: 'typingIndicator', userId: 'bob', billId: 7 }));
  act(() => server.deliver(typing));
  screen.getByText('2 user(s) typing...');
  act(() => server.deliver({ ...typing, is_typing: false }));
  act(() => server.deliver({ ...typing, user_id: 'bob', isTyping: false }));
  expect(screen.queryByText(/typing/)).toBeNull();
});

it('forgets somebody who says nothing any more', async () => {
  render(<CommunityDiscussion billId={7} />);
  act(() => server.deliver(typing));
  await act(() => server.advance(4900));
  screen.getByText('1 user(s) typing...');
  await act(() => server.advance(200));
  expect(screen.queryByText(/typing/)).toBeNull();
});

it('tells the others that this user types, and that he does not any more', async () => {
  render(<CommunityDiscussion billId={7} />);
  const area = screen.getByPlaceholderText('Write a comment...');
  const told = () => server.sent.filter(({ type }) => type.startsWith('typing')).map(({ type }) => type);
  server.sent.length = 0;
  fireEvent.focus(area);
  fireEvent.focus(area);
  expect(told()).toEqual(['typing_start']);
  fireEvent.blur(area);
  expect(told()).toEqual(['typing_start', 'typing_stop']);
  fireEvent.focus(area);
  await act(() => server.advance(3100));
  expect(told()).toEqual(['typing_start', 'typing_stop', 'typing_start', 'typing_stop']);
  expect(server.sent.find(({ type }) => type === 'typing_start')).toMatchObject({ data: { billId: 7 } });
});
