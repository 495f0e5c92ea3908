// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IUseLog} from "./interfaces/IUseLog.sol";

/// @title How far logs of uses had come, and when (用证记录)
contract UseLog is IUseLog {
    mapping(address account => uint64[] strands) private _strands;

    mapping(address account => mapping(uint64 strand => Anchor[] anchors)) private _anchors;

    /// @inheritdoc IUseLog
    function anchor(Head[] calldata heads) external override {
        if (heads.length == 0) revert UseLogNothingToAnchor();
        for (uint256 i = 0; i < heads.length; i++) _anchor(heads[i]);
    }

    /// @inheritdoc IUseLog
    function strandCount(address account) external view override returns (uint256) {
        return _strands[account].length;
    }

    /// @inheritdoc IUseLog
    function strandsOf(
        address account,
        uint256 from,
        uint256 most
    ) external view override returns (uint64[] memory strands) {
        uint64[] storage all = _strands[account];
        strands = new uint64[](_countOf(all.length, from, most));
        for (uint256 i = 0; i < strands.length; i++) strands[i] = all[from + i];
    }

    /// @inheritdoc IUseLog
    function anchorCount(address account, uint64 strand) external view override returns (uint256) {
        return _anchors[account][strand].length;
    }

    /// @inheritdoc IUseLog
    function anchorsOf(
        address account,
        uint64 strand,
        uint256 from,
        uint256 most
    ) external view override returns (Anchor[] memory anchors) {
        Anchor[] storage all = _anchors[account][strand];
        anchors = new Anchor[](_countOf(all.length, from, most));
        for (uint256 i = 0; i < anchors.length; i++) anchors[i] = all[from + i];
    }

    /// @inheritdoc IUseLog
    function lengthOf(address account, uint64 strand) external view override returns (uint64) {
        return _lengthOf(_anchors[account][strand]);
    }

    function _anchor(Head calldata given) private {
        (uint64 strand, uint64 length, bytes32 head) = (given.strand, given.length, given.head);
        Anchor[] storage anchors = _anchors[msg.sender][strand];
        uint64 anchored = _lengthOf(anchors);
        if (length <= anchored) revert UseLogNotLonger(strand, length, anchored);
        if (head == 0) revert UseLogZeroHead(strand);

        if (anchored == 0) _strands[msg.sender].push(strand);
        anchors.push(Anchor({length: length, time: uint64(block.timestamp), head: head}));
        emit UsesAnchored(msg.sender, strand, length, head, uint64(block.timestamp));
    }

    function _lengthOf(Anchor[] storage anchors) private view returns (uint64) {
        uint256 count = anchors.length;
        return count == 0 ? 0 : anchors[count - 1].length;
    }

    /// @return How many there are to give.
    function _countOf(uint256 total, uint256 from, uint256 most) private pure returns (uint256) {
        if (from >= total) return 0;
        uint256 rest = total - from;
        return rest < most ? rest : most;
    }
}
