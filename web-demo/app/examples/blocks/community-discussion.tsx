/* eslint-disable react-hooks/exhaustive-deps, @typescript-eslint/no-explicit-any, @typescript-eslint/no-unused-vars -- below stands the documentation's example, character for character */
import { useEffect } from 'react';

// ┌ the documentation's block, character for character
import { useCommunityRealTime } from '@client/core/realtime';

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
// └

export { CommunityDiscussion };
